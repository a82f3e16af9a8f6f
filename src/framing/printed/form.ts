// The contract of the forms in this folder: how programs print the events that they receive, one or a few per line.
import { parsePayload } from "../../model/payload.ts";

/** The part of a stream that a line holds. */
export interface Printed {
  /**
   * What its lines have in common besides the form: the words before the payload, the field of a record. Lines of
   * another shape are the program's own.
   */
  readonly shape: string;
  /** The text of the stream, with its line ends; the framing of the body is detected from it. */
  readonly body: string;
  /**
   * How sure it is that the line holds events: `sure` for lines of an event stream, `likely` for text that no other
   * program prints, `weak` for text that other lines may also contain.
   */
  readonly evidence: "sure" | "likely" | "weak";
  /** When it was printed, in ms since the epoch, if the form contains the time. */
  readonly atMs?: number | null;
}

/** One way of printing events. */
export interface PrintedForm {
  /**
   * The input of `read`: the line as it is, the line without a log's prefixes, or only lines that had such a prefix.
   */
  readonly of: "line" | "content" | "prefixed";
  /** A message if no dialect recognises the events: what the lines are, and what to do. */
  readonly instead: string;
  /** The share of lines that must have this form if the first two do not decide; left out: half. */
  readonly leastShare?: number;
  /** Whether a line without events is from such a program, such as another record of its log. Left out: never. */
  readonly isOther?: (text: string) => boolean;
  /** Whether a line opens an event that is printed over several lines. Left out: never. */
  readonly opensDocument?: (text: string) => boolean;
  /**
   * Whether an empty line after data belongs to the stream, because a chunk was printed with its line ends. Left out:
   * no.
   */
  readonly keepsEmptyLines?: boolean;
  /** Reads a line; null if it does not have this form and the given shape. */
  read(text: string, shape: string | null): Printed | null;
}

/** The words with numbers and ids replaced, so that lines that differ only in these have equal shapes. */
export function shapeOf(words: string): string {
  return words.slice(0, LONGEST_WORDS).replaceAll(VARYING, "#").trimEnd();
}

const LONGEST_WORDS = 512;
/** A UUID, or a number, decimal or hexadecimal. */
const VARYING = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-fA-F]*\d[\da-fA-F]*/g;

/** The limit on places to try: reading one may take time proportional to the line. */
const MOST_PLACES = 16;

/** The ends of the first matches of `pattern`, which must be global, in the beginning of a line. */
export function placesIn(text: string, pattern: RegExp): number[] {
  const places: number[] = [];
  for (const { index, 0: found } of text.slice(0, LONGEST_WORDS).matchAll(pattern)) {
    places.push(index + found.length);
    if (places.length === MOST_PLACES) break;
  }
  return places;
}

/** Whether a text is lines of an event stream: data with JSON, or the name of an event. */
export function isEventText(text: string): boolean {
  return EVENT_TEXT.test(text);
}

const EVENT_TEXT = /^(?:data: ?(?:[{["]|\[DONE\])|event: ?[\w./-]+\s*(?:$|\n)|id: ?\S+\r?\n(?:data|event):)/;

/** The text parsed as a JSON object; null if it is not one. */
export function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  if (!text.startsWith("{")) return null;
  const payload = parsePayload(text);
  return payload.type === "object" ? payload.value : null;
}
