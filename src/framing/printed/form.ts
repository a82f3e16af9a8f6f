// How programs print the events that they receive, a line for each or for a few: the contract of the forms in this folder.
import { parsePayload } from "../../model/payload.ts";

/** What a line holds of a stream. */
export interface Printed {
  /**
   * What its lines have in common besides the form: the words before the payload, the field of a record. Lines of another
   * shape are the program's own.
   */
  readonly shape: string;
  /** The text of the stream, with its line ends; the body's own framing is found in it. */
  readonly body: string;
  /**
   * How sure it is that the line holds events: `sure` for the lines of an event stream, `likely` for what no other program
   * prints, `weak` for what other lines may look like.
   */
  readonly evidence: "sure" | "likely" | "weak";
  /** When it was printed, in ms since the epoch, if the form itself says it. */
  readonly atMs?: number | null;
}

/** One way to print events. */
export interface PrintedForm {
  /** What it reads: a line as it is, without the prefixes that logs put before it, or only what is behind such a prefix. */
  readonly of: "line" | "content" | "prefixed";
  /** Says of lines of this form what they are, where no dialect knows their events, and what to do. */
  readonly instead: string;
  /** The share of the lines that must be of this form where its first two do not tell; left out: half. */
  readonly leastShare?: number;
  /** Whether a line is of such a program, though it holds no event: a record of its log. Left out: nothing says so. */
  readonly isOther?: (text: string) => boolean;
  /** Events may be printed over several lines, the first of which says that it opens one. Left out: they are not. */
  readonly opensDocument?: (text: string) => boolean;
  /** An empty line behind one with data is that of the stream: a chunk was printed with its line ends. Left out: it is not. */
  readonly keepsEmptyLines?: boolean;
  /** Reads a line; null if it is not of this form, or of another shape than the one given. */
  read(text: string, shape: string | null): Printed | null;
}

/** Words that differ from line to line in numbers and ids only are the same words. */
export function shapeOf(words: string): string {
  return words.slice(0, LONGEST_WORDS).replaceAll(VARYING, "#").trimEnd();
}

const LONGEST_WORDS = 512;
/** A UUID, or a number, decimal or hexadecimal. */
const VARYING = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-fA-F]*\d[\da-fA-F]*/g;

/** No more places of a line are tried: reading one may take as long as the line is. */
const MOST_PLACES = 16;

/** The first places among the words at the beginning of a line that `pattern`, which is global, matches: behind the match. */
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

/** The JSON object that a text is; null if it is not one. */
export function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  if (!text.startsWith("{")) return null;
  const payload = parsePayload(text);
  return payload.type === "object" ? payload.value : null;
}
