// One payload per line (NDJSON, JSON Lines): each line that is not blank is an event's data if it looks like JSON.
import { mayBeJson } from "../model/payload.ts";
import { UNNAMED_EVENT } from "../model/wire.ts";
import { createLineEventFramer, type LineEvent } from "./event-a-line.ts";
import type { Framing } from "./framing.ts";
import type { Line } from "./lines.ts";
import { beginsWithField } from "./log/ascii.ts";
import { framingNames } from "./framing-names.ts";

const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const LF = 0x0a;
/** `false` is the longest word of JSON; one more byte shows where it ends. */
const LONGEST_WORD = "false".length + 1;
/** JSON whitespace (RFC 8259, 2). */
const WHITESPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);
/** Detection looks at no more than this: only the beginning of a longer first line is checked. */
const DETECTION_BYTES = 64 * 1024;

export const ndjson: Framing = {
  name: framingNames.ndjson,
  title: "one JSON payload per line",
  mediaTypes: [
    "application/x-ndjson",
    "application/ndjson",
    "application/jsonl",
    "application/x-jsonlines",
    "application/json",
  ],
  detect: looksLikeJsonLines,
  create: (open, options) => createLineEventFramer(ndjson.name, readJsonLine, open, options),
};

const BEGINNING_BYTES = 200;
/** A key and its colon, or the checked part of a long key; or empty braces. */
const BEGINNING = /^\{\s*(?:\}|"(?:[^"\\]|\\.)*(?:"\s*(?::|$)|\\?$))/;

/** A program may print other lines before its JSON, such as warnings to stderr. */
const MOST_LINES_BEFORE = 16;

/**
 * A first line that opens and closes an object, unlike a JSON document printed over several lines. Or two such lines in
 * a row after a few other lines, none of which is a field of an event stream.
 */
function looksLikeJsonLines(input: Uint8Array, complete: boolean): boolean | null {
  const head = Buffer.from(input.buffer, input.byteOffset, Math.min(input.length, DETECTION_BYTES));
  const isAll = complete || input.length >= DETECTION_BYTES;
  const start = head.findIndex((byte) => !WHITESPACE.has(byte));
  if (start === -1) return isAll ? false : null;
  return head[start] === OPENING_BRACE ? isJsonLine(input, start, complete) : followsLines(head, start, isAll);
}

/** Whether lines of JSON follow a few others. */
function followsLines(head: Buffer, from: number, isAll: boolean): boolean | null {
  let others = 0;
  let objects = 0;
  for (let start = from; start < head.length && others <= MOST_LINES_BEFORE;) {
    const lineEnd = head.indexOf(LF, start);
    const end = lineEnd === -1 ? head.length : lineEnd;
    if (beginsWithField(head, start, end)) return false;
    if (lineEnd === -1 && !isAll) return null;
    const isBlank = head.subarray(start, end).every((byte) => WHITESPACE.has(byte));
    const isObject = head[start] === OPENING_BRACE && isJsonLine(head.subarray(start, end), 0, true) === true;
    if (isObject) objects += 1;
    else if (!isBlank) [others, objects] = [others + 1, 0];
    if (objects === 2) return true;
    start = end + 1;
  }
  return isAll || others > MOST_LINES_BEFORE ? false : null;
}

function isJsonLine(input: Uint8Array, start: number, complete: boolean): boolean | null {
  const head = input.subarray(0, DETECTION_BYTES);
  const isCut = input.length >= DETECTION_BYTES;
  const lineEnd = head.indexOf(LF, start);
  if (lineEnd === -1 && isCut) return true;
  if (lineEnd === -1 && !complete) return null;
  // Other languages also print values in braces.
  if (!BEGINNING.test(Buffer.from(head.subarray(start, start + BEGINNING_BYTES)).toString("latin1"))) return false;
  let last = (lineEnd === -1 ? head.length : lineEnd) - 1;
  while (last > start && WHITESPACE.has(head[last] ?? 0)) last -= 1;
  return last > start && head[last] === CLOSING_BRACE;
}

/** A line that is JSON, judging by its first bytes. */
export function readJsonLine({ bytes, start, end }: Line): LineEvent | "stray" | null {
  let [from, to] = [start, end];
  while (from < to && WHITESPACE.has(bytes[from] ?? 0)) from += 1;
  while (from < to && WHITESPACE.has(bytes[to - 1] ?? 0)) to -= 1;
  if (from === to) return null;
  // Another program wrote it into the stream.
  if (!mayBeJson(bytes.toString("latin1", from, Math.min(to, from + LONGEST_WORD)))) return "stray";
  return { event: UNNAMED_EVENT, start: from, end: to };
}
