// One payload a line (NDJSON, JSON Lines): each line that is not blank is an event's data, unless it is no JSON at all.
import { EventTooLargeError } from "../errors.ts";
import type { Framer, Framing, FramingOptions, OpenStream } from "./framing.ts";
import { createLineSplitter, type Line } from "./lines.ts";
import { createStrayLines } from "./stray-lines.ts";
import { findInvalidUtf8 } from "./utf-8.ts";

const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const LF = 0x0a;
/** Of a CRLF only the first byte counts, as in every event's length. */
const LINE_END_BYTES = 1;
/** What JSON takes for whitespace (RFC 8259, 2). */
const WHITESPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);
/** How JSON begins: a line that begins otherwise was written into the stream by somebody else. */
const BEGINNING_OF_JSON = /^(?:[{["]|-?\d|(?:null|true|false)\b)/;
/** No more than this is looked at: a first line that is longer is judged by its beginning alone. */
const DETECTION_BYTES = 64 * 1024;

export const ndjson: Framing = {
  name: "ndjson",
  title: "one JSON payload per line",
  mediaTypes: [
    "application/x-ndjson",
    "application/ndjson",
    "application/jsonl",
    "application/x-jsonlines",
    "application/json",
  ],
  detect: looksLikeJsonLines,
  create: createJsonLinesReader,
};

const BEGINNING_BYTES = 200;
/** A key and its colon, or as much of a long one as is looked at; or nothing in the braces. */
const BEGINNING = /^\{\s*(?:\}|"(?:[^"\\]|\\.)*(?:"\s*(?::|$)|\\?$))/;

/** A first line that opens and closes an object: a JSON document printed over several lines is none. */
function looksLikeJsonLines(input: Uint8Array, complete: boolean): boolean | null {
  const head = input.subarray(0, DETECTION_BYTES);
  const isCut = input.length >= DETECTION_BYTES;
  const start = head.findIndex((byte) => !WHITESPACE.has(byte));
  if (start === -1) return complete || isCut ? false : null;
  if (head[start] !== OPENING_BRACE) return false;
  const lineEnd = head.indexOf(LF, start);
  if (lineEnd === -1 && isCut) return true;
  if (lineEnd === -1 && !complete) return null;
  // Other languages print values that are in braces, too.
  if (!BEGINNING.test(Buffer.from(head.subarray(start, start + BEGINNING_BYTES)).toString("latin1"))) return false;
  let last = (lineEnd === -1 ? head.length : lineEnd) - 1;
  while (last > start && WHITESPACE.has(head[last] ?? 0)) last -= 1;
  return last > start && head[last] === CLOSING_BRACE;
}

function createJsonLinesReader(open: OpenStream, { maxEventBytes, http }: FramingOptions): Framer {
  const sink = open({ framing: ndjson.name, wrapping: ndjson.name, http, place: null });
  let events = 0;
  let atMs: number | null = null;
  const strays = createStrayLines((record) => sink.record(record, atMs));
  const lines = createLineSplitter((line) => {
    checkSize(line);
    readLine(line, LINE_END_BYTES);
  });

  /** Measures each line, whole or as far as it has come, so that the same line is refused at every chunking. */
  function checkSize({ start, end, number, offset }: Line): void {
    if (end - start > maxEventBytes) throw new EventTooLargeError(maxEventBytes, { line: number, offset });
  }

  function readLine(line: Line, lineEndBytes: number): void {
    const { bytes, number, offset } = line;
    let { start, end } = line;
    while (start < end && WHITESPACE.has(bytes[start] ?? 0)) start += 1;
    while (start < end && WHITESPACE.has(bytes[end - 1] ?? 0)) end -= 1;
    if (start === end) return;
    const data = bytes.toString("utf8", start, end);
    if (!BEGINNING_OF_JSON.test(data)) return strays.add(line);
    strays.end();
    const length = line.end - line.start + lineEndBytes;
    const invalid = findInvalidUtf8(data, bytes, start, end);
    if (invalid !== null) {
      const at = offset + invalid.at - line.start;
      sink.defect({ type: "invalid-utf8", text: invalid.excerpt, index: events, line: number, offset: at });
    }
    const event = { type: "event", event: "message", data, lastEventId: "", index: events } as const;
    events += 1;
    sink.record({ ...event, line: number, offset, length }, atMs);
  }

  return {
    push(bytes, arrivedAtMs) {
      atMs = arrivedAtMs;
      sink.bytes(bytes, atMs);
      lines.push(bytes);
      const rest = lines.rest();
      if (rest !== null) checkSize(rest);
    },
    moveTo: (place) => lines.moveTo(place),
    end() {
      // A last line without a line end is a whole line here: NDJSON does not ask for one.
      const rest = lines.rest();
      if (rest !== null) readLine(rest, 0);
      strays.end();
      sink.record({ type: "end", bytes: lines.totalBytes, events, lastEventId: "", pending: null }, atMs);
    },
  };
}
