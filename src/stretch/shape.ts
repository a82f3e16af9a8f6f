// Takes an event, and returns the shape of all events like it: the same bytes, except for some values in its JSON.
import type { DeltaPlaces } from "../dialects/dialect.ts";
import type { WireEvent } from "../model/wire.ts";
import type { EventLines } from "./event-lines.ts";
import { readTokens } from "./json-tokens.ts";

/** What may be between two literals, strictly less than JSON allows: `module/recognise.ts` reads it. */
export const holes = {
  end: 0,
  /** The contents of a string that is not empty. */
  text: 1,
  /** The contents of an ASCII string without escapes: no rule can find anything in it. */
  padding: 2,
  /** Any number of spaces. */
  spaces: 3,
  /** A number that increases by one with each event. */
  number: 4,
} as const;

export type Hole = (typeof holes)[keyof typeof holes];

/** The deltas of one text. */
export interface Shape {
  readonly mould: Mould;
  /** The name of the events. */
  readonly name: string;
  readonly lines: EventLines;
  /** From the beginning of an event to its end: ASCII literals, each with the hole that follows it. */
  readonly parts: readonly Part[];
  readonly hasNumber: boolean;
}

export interface Part {
  readonly literal: string;
  readonly hole: Hole;
}

/** What the shapes of all texts in a stream have in common: they differ in ids, indexes and times. */
export interface Mould {
  readonly name: string;
  readonly places: DeltaPlaces;
  readonly lines: EventLines;
  /** Matches an event with its lines, one character for each byte; each literal is a group. */
  readonly expression: RegExp;
  /** The hole after each group. */
  readonly holes: readonly Hole[];
}

type PlaceName = keyof DeltaPlaces;
const PLACE_NAMES: readonly PlaceName[] = ["text", "number", "padding"];

/** What a value in each of the places must look like. */
const VALUES: Readonly<Record<PlaceName, RegExp>> = {
  text: /^"[^"]/,
  // A whole number from 0 that a double holds exactly.
  number: /^(?:0|[1-9]\d{0,14})$/,
  padding: /^"[ !#-[\]-~]*"$/,
};

/** The regular expression of each hole. */
const SOURCES: Readonly<Record<Hole, string>> = {
  [holes.end]: "",
  [holes.text]: String.raw`[^"\\]*(?:\\.[^"\\]*)*`,
  [holes.padding]: String.raw`[ !#-[\]-~]*`,
  [holes.spaces]: " *",
  [holes.number]: String.raw`(?:0|[1-9]\d{0,14})`,
};

/** Values that may differ from one text to the next: a number, or a string with a digit in it. */
const CONSTANTS = [
  { fits: /^\d+$/, source: String.raw`\d+` },
  { fits: /^"[ !#-[\]-~]*\d[ !#-[\]-~]*"$/, source: String.raw`"[ !#-[\]-~]*"` },
] as const;

/** NUL marks the end of the searched bytes. */
// oxlint-disable-next-line no-control-regex -- to DEL is what ASCII is
const LITERAL = /^[\u0001-\u007f]*$/;
const LINE_END = /[\r\n]/;
const SYNTAX = /[$()*+./?[\\\]^{|}]/g;
/** Longer events are not deltas, and not worth a shape; nor are those with more ends of objects. */
export const LONGEST_EVENT = 4096;
const MOST_PARTS = 64;

/**
 * The mould of an event whose data is JSON in one line. Null if a place is missing or occurs twice, if its value does
 * not fit, or if anything else is not ASCII.
 */
export function mouldOf({ event: name, data }: WireEvent, places: DeltaPlaces, lines: EventLines): Mould | null {
  if (lines.before.length + data.length > LONGEST_EVENT || LINE_END.test(data)) return null;
  const asked = PLACE_NAMES.filter((place) => places[place] !== null);
  const found = new Set<PlaceName>();
  const following: Hole[] = [];
  let source = "^";
  /** The text between two holes, as a regular expression. */
  let literal = escape(lines.before);

  function add(hole: Hole): void {
    following.push(hole);
    source += `(${literal})${SOURCES[hole]}`;
    literal = "";
  }

  /** Anthropic pads its events with spaces, before and after their end. */
  function addSpaces(): void {
    literal = literal.replace(/ +$/, "");
    add(holes.spaces);
  }

  for (const { token, pointer } of readTokens(data)) {
    const place = pointer === null ? undefined : asked.find((place) => places[place] === pointer);
    if (place === undefined) {
      if (token === "}") addSpaces();
      const constant = pointer === null ? undefined : CONSTANTS.find(({ fits }) => fits.test(token));
      literal += constant?.source ?? escape(token);
      continue;
    }
    // A second occurrence: if an object has a key twice, the later one counts.
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
  literal = escape(lines.behind);
  add(holes.end);
  const isComplete = found.size === asked.length && following.length <= MOST_PARTS;
  if (!isComplete || !LITERAL.test(source)) return null;
  return { name, places, lines, expression: new RegExp(`${source}$`), holes: following };
}

/** The shape of an event with its lines, one character for each byte; null if it does not match the mould. */
export function shapeFrom(mould: Mould, written: string): Shape | null {
  const { name, places, lines, expression, holes } = mould;
  const match = expression.exec(written);
  if (match === null) return null;
  const parts = holes.map((hole, index) => ({ literal: match[index + 1] ?? "", hole }));
  return { mould, name, lines, parts, hasNumber: places.number !== null };
}

/** A regular expression that matches the text. */
function escape(text: string): string {
  return text.replace(SYNTAX, String.raw`\$&`);
}
