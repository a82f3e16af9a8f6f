// An event in, an expression for all events of its shape out: the same JSON byte for byte, but for some of its values.
import type { DeltaPlaces } from "../dialects/dialect.ts";
import { type WireEvent, UNNAMED_EVENT } from "../model/wire.ts";

export interface Shape {
  /** Where the dialect says that the text is. */
  readonly places: DeltaPlaces;
  /** Matches an event with its blank line, as OpenAI, Anthropic and most others write it; sticky. */
  readonly expression: RegExp;
  /** Its group that holds the text, escaped as it was. */
  readonly textGroup: number;
  /** Its group that holds the number; null where there is none. */
  readonly numberGroup: number | null;
  /** Its groups that hold what is the same in all events of a stretch, and not in the next one: with ids, indexes, times. */
  readonly constantGroups: readonly number[];
}

type PlaceName = keyof DeltaPlaces;

/** Escapes that a text may have: V8 keeps a way back for each, and has no room for millions. */
const MOST_ESCAPES = 1000;

/** What may stand in each place: strictly less than JSON allows, and read as JSON reads it. */
const HOLES: Readonly<Record<PlaceName, string>> = {
  /** A string that is not empty; what it escapes, it escapes as JSON does. */
  text: String.raw`"((?!")[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*){0,${MOST_ESCAPES}})"`,
  /** A whole number from 0 that a double holds exactly. */
  number: String.raw`(0|[1-9]\d{0,14})`,
  /** A string of printable ASCII with nothing escaped: there is nothing to be found in it. */
  padding: String.raw`"[ !#-[\]-~]*"`,
};

/** What stands for a value that is the same in all events of a stretch: a number, or a string with a digit in it. */
const CONSTANTS = [
  { fits: /^\d+$/, source: String.raw`\d+` },
  { fits: /^"[ !#-[\]-~]*\d[ !#-[\]-~]*"$/, source: String.raw`"[ !#-[\]-~]*"` },
] as const;

/** JSON in tokens: a string, a bracket or another sign, white space, a number or a word. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|\s+|[^"{}[\],:\s]+/g;
// oxlint-disable-next-line no-control-regex -- from NUL to DEL is what ASCII is
const ASCII = /^[\u0000-\u007f]*$/;
const LINE_END = /[\r\n]/;
const SYNTAX = /[$()*+./?[\\\]^{|}]/g;
/** Data that is longer is no delta, and not worth an expression. */
const LONGEST_DATA = 4096;

/** An event whose data is one line, as the lines that the expression of its shape matches. */
export function linesOf(event: WireEvent): string {
  return `${linesBeforeData(event)}${event.data}\n\n`;
}

function linesBeforeData({ event }: WireEvent): string {
  return event === UNNAMED_EVENT ? "data: " : `event: ${event}\ndata: `;
}

/**
 * The shape of an event whose data is JSON in one line. Null where a place is not in it or there twice, where what stands
 * there does not fit, and where anything else is not ASCII.
 */
export function shapeOf(event: WireEvent, places: DeltaPlaces): Shape | null {
  if (event.data.length > LONGEST_DATA || LINE_END.test(event.data)) return null;
  const names: readonly PlaceName[] = ["text", "number", "padding"];
  const asked = names.filter((name) => places[name] !== null);
  const found = new Set<PlaceName>();
  /** What each group holds; the first one is the whole match. */
  const groups: ("match" | "constants" | PlaceName)[] = ["match"];
  let source = escape(linesBeforeData(event));
  /** What comes between two places, and whether constants are in it. */
  let stretch = "";
  let hasConstants = false;

  function endStretch(): void {
    if (hasConstants) groups.push("constants");
    source += hasConstants ? `(${stretch})` : stretch;
    stretch = "";
    hasConstants = false;
  }

  for (const { token, pointer } of readTokens(event.data)) {
    const name = pointer === null ? undefined : asked.find((name) => places[name] === pointer);
    const constant = pointer === null ? undefined : CONSTANTS.find(({ fits }) => fits.test(token));
    if (name !== undefined) {
      // Twice: two keys of one object are the same, and the later one counts.
      if (found.has(name) || !new RegExp(`^${HOLES[name]}$`).test(token)) return null;
      found.add(name);
      endStretch();
      if (name !== "padding") groups.push(name);
      source += HOLES[name];
    } else if (constant !== undefined) {
      hasConstants = true;
      stretch += constant.source;
    } else stretch = token === "}" ? `${withAnySpaces(stretch)}\\}` : stretch + escape(token);
  }
  stretch = withAnySpaces(stretch);
  endStretch();
  if (found.size < asked.length || !ASCII.test(source)) return null;
  return {
    places,
    expression: new RegExp(`${source}\n\n`, "y"),
    textGroup: groups.indexOf("text"),
    numberGroup: places.number === null ? null : groups.indexOf("number"),
    constantGroups: [...groups.keys()].filter((group) => groups[group] === "constants"),
  };
}

/** The source that ends in any number of spaces: Anthropic pads its events with them, before their end and behind it. */
function withAnySpaces(source: string): string {
  return `${source.replace(/ +$/, "")} *`;
}

/** Text as an expression that matches it. */
function escape(text: string): string {
  return text.replace(SYNTAX, String.raw`\$&`);
}

/** The tokens of a JSON text; a string, number or word that is a value has the pointer to where it stands (RFC 6901). */
function* readTokens(json: string): Generator<{ readonly token: string; readonly pointer: string | null }> {
  /** Of all that is open, the key or the index of the value in hand. */
  const steps: (string | number)[] = [];
  let isKeyNext = false;
  for (const [token] of json.matchAll(TOKEN)) {
    let pointer: string | null = null;
    const top = steps.length - 1;
    const step = steps[top];
    if (token === "{" || token === "[") {
      steps.push(token === "{" ? "" : 0);
      isKeyNext = token === "{";
    } else if (token === "}" || token === "]") {
      steps.pop();
      isKeyNext = false;
    } else if (token === ",") {
      if (typeof step === "number") steps[top] = step + 1;
      else isKeyNext = true;
    } else if (isKeyNext && token.startsWith('"')) {
      steps[top] = pointerStep(token);
      isKeyNext = false;
    } else if (token !== ":" && token.trim() !== "") pointer = steps.map((step) => `/${step}`).join("");
    yield { token, pointer };
  }
}

/** A key as JSON pointers write it. */
function pointerStep(key: string): string {
  const text: unknown = JSON.parse(key);
  return String(text).replaceAll("~", "~0").replaceAll("/", "~1");
}
