// Consecutive JSON documents, each an event's data, in any layout and with any separators: the output of `jq .`, JSON
// text sequences (RFC 7464), values that run together on one line. One document is held at a time.
import { EventTooLargeError } from "../errors.ts";
import type { HttpHead } from "../model/http-head.ts";
import { UNNAMED_EVENT } from "../model/wire.ts";
import { createByteBuffer } from "./byte-buffer.ts";
import type { Framer, Framing, FramingOptions, OpenStream } from "./framing.ts";
import { createJsonDepth, type JsonDepth } from "./json-depth.ts";
import { findInvalidUtf8 } from "./utf-8.ts";
import { framingNames } from "./framing-names.ts";

const LF = 0x0a;
const COMMA = 0x2c;
const OPENING_BRACKET = 0x5b;
const OPENING_BRACE = 0x7b;
/** Separators of documents: JSON whitespace, a comma, and the record separator of RFC 7464. */
const SEPARATORS = new Set([0x20, 0x09, LF, 0x0d, COMMA, 0x1e]);
const JSON_TYPE = "application/json";
/** Detection looks at no more than this. */
const DETECTION_BYTES = 64 * 1024;

export const jsonDocuments: Framing = {
  name: framingNames.jsonDocuments,
  title: "consecutive JSON documents, as jq prints them",
  mediaTypes: ["application/json-seq", JSON_TYPE],
  detect: looksLikeDocuments,
  create: createJsonDocumentsReader,
};

/**
 * An object over several lines that the server calls JSON; or two objects, if the first takes several lines or the
 * second begins on the line on which the first ends.
 */
function looksLikeDocuments(input: Uint8Array, complete: boolean, http: HttpHead | null = null): boolean | null {
  const head = input.subarray(0, DETECTION_BYTES);
  const isAll = complete || input.length >= DETECTION_BYTES;
  const undecided = isAll ? false : null;
  const start = head.findIndex((byte) => !SEPARATORS.has(byte));
  if (start === -1) return undecided;
  if (head[start] !== OPENING_BRACE) return false;
  const depth = createJsonDepth();
  let end = start;
  while (end < head.length && !depth.ends(head[end] ?? 0)) end += 1;
  const isOneLine = !head.subarray(start, end).includes(LF);
  if (!isOneLine && http?.contentType?.startsWith(JSON_TYPE) === true) return true;
  if (end >= head.length) return undecided;
  const next = head.findIndex((byte, index) => index > end && !SEPARATORS.has(byte));
  // One JSON document per line is another framing.
  if (isOneLine && head.subarray(end, next === -1 ? head.length : next).includes(LF)) return false;
  return next === -1 ? undecided : head[next] === OPENING_BRACE;
}

function createJsonDocumentsReader(open: OpenStream, { maxEventBytes, http }: FramingOptions): Framer {
  const sink = open({ framing: jsonDocuments.name, wrapping: jsonDocuments.name, http, place: null });
  /** The beginning of a document, up to the last chunk. */
  const held = createByteBuffer();
  /** The current document; null: there is none. */
  let depth: JsonDepth | null = null;
  /** The document is not an object or array: it ends where something else begins. */
  let isScalar = false;
  let events = 0;
  let line = 1;
  let totalBytes = 0;
  /** Where the current document begins. */
  let place = { line, offset: 0 };
  /** The offset after the last document. */
  let behindLast = -1;
  let atMs: number | null = null;

  function checkSize(): void {
    if (held.length > maxEventBytes) throw new EventTooLargeError(maxEventBytes, place);
  }

  /** Passes on the document whose last bytes are those of the chunk from `start` to `end`. */
  function finish(chunk: Buffer, start: number, end: number): void {
    held.append(chunk, start, end);
    checkSize();
    const bytes = held.view();
    const data = bytes.toString("utf8");
    const invalid = findInvalidUtf8(data, bytes, 0, bytes.length);
    if (invalid !== null) {
      const offset = place.offset + invalid.at;
      sink.defect({ type: "invalid-utf8", text: invalid.excerpt, index: events, line: place.line, offset });
    }
    const { length } = bytes;
    held.clear();
    depth = null;
    const event = {
      type: "event",
      event: UNNAMED_EVENT,
      data,
      lastEventId: "",
      index: events,
      ...place,
      length,
    } as const;
    events += 1;
    behindLast = place.offset + length;
    sink.record(event, atMs);
  }

  function readChunk(chunk: Buffer): void {
    let start = 0;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] ?? 0;
      const isOpening = byte === OPENING_BRACE || byte === OPENING_BRACKET;
      if (depth !== null && isScalar && (isOpening || SEPARATORS.has(byte))) finish(chunk, start, index);
      if (depth === null && !SEPARATORS.has(byte)) {
        place = { line, offset: totalBytes + index };
        if (place.offset === behindLast)
          sink.defect({ type: "run-together", text: "line end", index: events, ...place });
        depth = createJsonDepth();
        isScalar = !isOpening;
        start = index;
      }
      if (depth !== null && !isScalar && depth.ends(byte)) finish(chunk, start, index + 1);
      if (byte === LF) line += 1;
    }
    if (depth === null) return;
    held.append(chunk, start);
    checkSize();
  }

  return {
    push(bytes, arrivedAtMs) {
      atMs = arrivedAtMs;
      sink.bytes(bytes, null, totalBytes);
      readChunk(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      totalBytes += bytes.length;
    },
    moveTo(to) {
      line = to.line;
      totalBytes = to.offset;
    },
    end() {
      // The end of the input ends a number or a word.
      if (depth !== null && isScalar) finish(Buffer.alloc(0), 0, 0);
      const pending = depth === null ? null : { event: UNNAMED_EVENT, data: held.view().toString("utf8"), ...place };
      sink.record({ type: "end", bytes: totalBytes, events, lastEventId: "", pending }, atMs);
    },
  };
}
