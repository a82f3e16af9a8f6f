// What the events of a run look like: an event in, an expression that recognises those that are like it.
import { isUtf8 } from "node:buffer";
import type { DeltaPlaces } from "../dialects/dialect.ts";
import type { Ahead } from "../framing/framing.ts";
import type { Reading } from "../reading.ts";
import { patternOf } from "./run-pattern.ts";

export interface Likeness {
  readonly linesPerEvent: number;
  /** Gives the text of an event that was read, where it is like this; else null. */
  textOf(reading: Reading): string | null;
  /**
   * The events like this, one after the other, from a place in a chunk where an event begins; the number of the first one
   * is the one after `number`. Null where there is none.
   */
  find(ahead: Ahead, number: number | null): Stretch | null;
}

export interface Stretch {
  readonly events: number;
  /** Their texts, put together; null where there is something in them that has to be looked at one by one. */
  readonly text: string | null;
  /** Where the last of them begins, and where it ends, in the chunk. */
  readonly lastFrom: number;
  readonly end: number;
  /** That of the last of them; null where they have none. */
  readonly sequenceNumber: number | null;
}

const UNNAMED = "message";
/** Names that are written into the expression as they are. */
const NAME = /^[\w:-][\w.:-]{0,99}$/;
/** Data that is longer is no delta, and not worth an expression. */
const LONGEST_DATA = 4096;
// oxlint-disable-next-line no-control-regex -- from NUL to DEL is what ASCII is
const ASCII = /^[\u0000-\u007f]*$/;
/** Found by a rule where they stand in the data as they are (`line-separator`). */
const LINE_SEPARATOR = /[\u0085\u2028\u2029]/;

/** What events like `reading` look like; null where that cannot be said for certain. */
export function createLikeness({ event }: Reading, places: DeltaPlaces): Likeness | null {
  const isNamed = event.event !== UNNAMED;
  if (event.data.length > LONGEST_DATA || (isNamed && !NAME.test(event.event))) return null;
  const pattern = patternOf(event.data, places);
  if (pattern === null) return null;
  const { source, textGroup, numberGroup } = pattern;
  const nameLine = isNamed ? `event: ${event.event}\n` : "";
  const expression = new RegExp(`${nameLine.replaceAll(".", String.raw`\.`)}data: ${source}\n\n`, "y");

  return {
    linesPerEvent: isNamed ? 3 : 2,
    textOf({ event }) {
      expression.lastIndex = 0;
      const name = event.event === UNNAMED ? "" : `event: ${event.event}\n`;
      const match = expression.exec(`${name}data: ${event.data}\n\n`);
      return match === null ? null : unescapeJson(match[textGroup] ?? "");
    },
    find({ bytes, from, text }, number) {
      const input = text();
      const texts: string[] = [];
      let sequenceNumber = number;
      let [lastFrom, end] = [from, from];
      for (;;) {
        expression.lastIndex = end;
        const match = expression.exec(input);
        if (match === null) break;
        if (numberGroup !== null && Number(match[numberGroup]) !== (sequenceNumber ?? NaN) + 1) break;
        if (sequenceNumber !== null) sequenceNumber += 1;
        texts.push(match[textGroup] ?? "");
        lastFrom = end;
        end = expression.lastIndex;
      }
      if (texts.length === 0) return null;
      return {
        events: texts.length,
        text: decode(texts.join(""), bytes.subarray(from, end)),
        lastFrom,
        end,
        sequenceNumber,
      };
    },
  };
}

/** Texts that stand in `bytes`, a character a byte, as what they say; null where a rule may find something in them. */
function decode(latin1: string, bytes: Buffer): string | null {
  if (ASCII.test(latin1)) return unescapeJson(latin1);
  // All of the bytes: what makes a character here need not have stood together there.
  if (!isUtf8(bytes)) return null;
  const text = Buffer.from(latin1, "latin1").toString();
  return LINE_SEPARATOR.test(text) ? null : unescapeJson(text);
}

/** The text that stands between the quotes of a JSON string. */
function unescapeJson(escaped: string): string {
  return escaped.includes("\\") ? String(JSON.parse(`"${escaped}"`)) : escaped;
}
