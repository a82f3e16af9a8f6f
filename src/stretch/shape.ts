// An event in, the shape of all that are like it out: the same bytes, but for some values of its JSON.
import type { DeltaPlaces } from "../dialects/dialect.ts";
import { type WireEvent, UNNAMED_EVENT } from "../model/wire.ts";

/** What may stand between two literals, and strictly less than JSON allows: `module/recognise.ts` reads it. */
export const holes = {
  end: 0,
  /** What stands within the quotes of a string that is not empty. */
  text: 1,
  /** What stands within the quotes of a string of ASCII with nothing escaped: there is nothing to be found in it. */
  padding: 2,
  /** Any number of spaces. */
  spaces: 3,
  /** The number that is one more in each event. */
  number: 4,
} as const;

export type Hole = (typeof holes)[keyof typeof holes];

export interface Shape {
  /** What the events are called. */
  readonly name: string;
  readonly lines: EventLines;
  /** From the beginning of an event to its end: literals of ASCII, and what follows each. */
  readonly parts: readonly Part[];
  readonly hasNumber: boolean;
}

export interface Part {
  readonly literal: string;
  readonly hole: Hole;
}

/** How an event whose data is one line stands in its stream. */
export interface EventLines {
  /** What stands before its data, a character a byte. */
  readonly before: string;
  /** What stands behind it. */
  readonly behind: string;
  readonly count: number;
}

type PlaceName = keyof DeltaPlaces;
const PLACE_NAMES: readonly PlaceName[] = ["text", "number", "padding"];

/** What a value in one of the places looks like. */
const VALUES: Readonly<Record<PlaceName, RegExp>> = {
  text: /^"[^"]/,
  // A whole number from 0 that a double holds exactly.
  number: /^(?:0|[1-9]\d{0,14})$/,
  padding: /^"[ !#-[\]-~]*"$/,
};

/** JSON in tokens: a string, a bracket or another sign, white space, a number or a word. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|\s+|[^"{}[\],:\s]+/g;
/** NUL ends what is searched. */
// oxlint-disable-next-line no-control-regex -- to DEL is what ASCII is
const LITERAL = /^[\u0001-\u007f]*$/;
const LINE_END = /[\r\n]/;
/** Longer events are no deltas, and not worth a shape; nor are those with more ends of objects. */
export const LONGEST_EVENT = 4096;
const MOST_PARTS = 64;

/** Before data: nothing, where an event is a line; or its field, and a name that may come before it. */
const BEFORE_DATA = /^(?:(?:event: ?(?<name>[^\r\n]*)(?<lineEnd>\r?\n))?data: ?)?$/;

/**
 * The lines of an event, which is all of `bytes`: a name and a line of data, or the line alone, as OpenAI, Anthropic and
 * most others write events. Null where it has others.
 */
export function linesOf({ event, data }: WireEvent, bytes: Buffer): EventLines | null {
  const written = bytes.toString("latin1");
  const dataWritten = Buffer.from(data).toString("latin1");
  const dataStart = written.lastIndexOf(dataWritten);
  const before = written.slice(0, Math.max(dataStart, 0));
  const behind = written.slice(before.length + dataWritten.length);
  const groups = BEFORE_DATA.exec(before)?.groups;
  const end = /^(\r?\n)(\1?)$/.exec(behind);
  if (dataStart === -1 || groups === undefined || end === null) return null;
  const [, lineEnd, secondLineEnd] = end;
  // Where an event is a line, no blank line follows; where it has fields, one does.
  if ((before === "") !== (secondLineEnd === "")) return null;
  const { name = UNNAMED_EVENT, lineEnd: nameEnd = lineEnd } = groups;
  if (name !== event || nameEnd !== lineEnd) return null;
  return { before, behind, count: behind.split("\n").length - 1 + (groups.lineEnd === undefined ? 0 : 1) };
}

/**
 * The shape of an event whose data is JSON in one line. Null where a place is not in it or there twice, where what stands
 * there does not fit, and where anything else is not ASCII.
 */
export function shapeOf({ event: name, data }: WireEvent, places: DeltaPlaces, lines: EventLines): Shape | null {
  if (lines.before.length + data.length > LONGEST_EVENT || LINE_END.test(data)) return null;
  const asked = PLACE_NAMES.filter((place) => places[place] !== null);
  const found = new Set<PlaceName>();
  const parts: Part[] = [];
  /** What comes between two holes. */
  let literal = lines.before;

  function add(hole: Hole): void {
    parts.push({ literal, hole });
    literal = "";
  }

  /** Anthropic pads its events with spaces, before their end and behind it. */
  function addSpaces(): void {
    literal = literal.replace(/ +$/, "");
    add(holes.spaces);
  }

  for (const { token, pointer } of readTokens(data)) {
    const place = pointer === null ? undefined : asked.find((place) => places[place] === pointer);
    if (place === undefined) {
      if (token === "}") addSpaces();
      literal += token;
      continue;
    }
    // Twice: two keys of one object are the same, and the later one counts.
    if (found.has(place) || !VALUES[place].test(token)) return null;
    found.add(place);
    if (place === "number") add(holes.number);
    else {
      literal += '"';
      add(holes[place]);
      literal += '"';
    }
  }
  addSpaces();
  literal = lines.behind;
  add(holes.end);
  const isComplete = found.size === asked.length && parts.length <= MOST_PARTS;
  if (!isComplete || !parts.every(({ literal }) => LITERAL.test(literal))) return null;
  return { name, lines, parts, hasNumber: places.number !== null };
}
/** The tokens of a JSON text; a string, number or word that is a value has the pointer to where it stands (RFC 6901). */
function* readTokens(json: string): Generator<{ readonly token: string; readonly pointer: string | null }> {
  /** Of all that is open, the pointer; and the index of the value in hand, where it is a list. */
  const open: { readonly pointer: string; index: number | null }[] = [];
  let pointer = "";
  let isKeyNext = false;
  for (const [token] of json.matchAll(TOKEN)) {
    const top = open.at(-1);
    let at: string | null = null;
    switch (token.charAt(0)) {
      case "{":
      case "[":
        open.push({ pointer, index: token === "[" ? 0 : null });
        isKeyNext = token === "{";
        if (token === "[") pointer += "/0";
        break;
      case "}":
      case "]":
        open.pop();
        isKeyNext = false;
        break;
      case ",":
        if (top === undefined) break;
        isKeyNext = top.index === null;
        if (top.index !== null) pointer = `${top.pointer}/${(top.index += 1)}`;
        break;
      case ":":
      case " ":
      case "\t":
        break;
      default:
        if (isKeyNext && top !== undefined) pointer = `${top.pointer}/${pointerStep(token)}`;
        else at = pointer;
        isKeyNext = false;
    }
    yield { token, pointer: at };
  }
}

/** A key as JSON pointers write it. */
function pointerStep(key: string): string {
  if (PLAIN_KEY.test(key)) return key.slice(1, -1);
  const text: unknown = JSON.parse(key);
  return String(text).replaceAll("~", "~0").replaceAll("/", "~1");
}

const PLAIN_KEY = /^"\w*"$/;
