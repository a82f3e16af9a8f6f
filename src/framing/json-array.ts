// The elements of a JSON array, each an event's data: the format that Gemini streams without `alt=sse`. One element is
// held at a time. Lines outside of arrays are stray.
import { EventTooLargeError } from "../errors.ts";
import { UNNAMED_EVENT } from "../model/wire.ts";
import { createByteBuffer } from "./byte-buffer.ts";
import type { Framer, Framing, FramingOptions, OpenStream } from "./framing.ts";
import { mayBeJson } from "../model/payload.ts";
import { createStrayLines } from "./stray-lines.ts";
import { findInvalidUtf8 } from "./utf-8.ts";
import { framingNames } from "./framing-names.ts";

const LF = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const SPACE = 0x20;
const DELETE = 0x7f;
const BYTE_ORDER_MARK = new Set([0xef, 0xbb, 0xbf]);
/** JSON whitespace (RFC 8259, 2). */
const WHITESPACE = new Set([0x20, 0x09, LF, 0x0d]);
/** Detection looks at no more than this. */
const DETECTION_BYTES = 4096;

export const jsonArray: Framing = {
  name: framingNames.jsonArray,
  title: "a JSON array, each element an event: Gemini without alt=sse",
  // Gemini sends the same type with an array as with a complete response.
  mediaTypes: ["application/json"],
  detect: looksLikeArrayOfObjects,
  create: createJsonArrayReader,
};

const BEGINNING = /^\s*\[\s*\{\s*"(?<key>[^"\\]*)"/;
/** What may become that beginning. */
const UNDECIDED = /^\s*(?:\[\s*(?:\{\s*(?:"[^"\\]*)?)?)?$/;

/** First keys of arrays that are not streams: an error of Gemini, a request recorded by nock. */
const OTHER_KEYS = new Set(["error", "scope"]);

/** An array of objects. */
function looksLikeArrayOfObjects(input: Uint8Array, complete: boolean): boolean | null {
  if (!mayBeginArray(input[0])) return false;
  const head = Buffer.from(input.subarray(0, DETECTION_BYTES)).toString("latin1");
  const key = BEGINNING.exec(head)?.groups?.key;
  if (key !== undefined) return !OTHER_KEYS.has(key);
  return UNDECIDED.test(head) && !complete && input.length < DETECTION_BYTES ? null : false;
}

/** Undefined: nothing has arrived. Whitespace may come first, including non-ASCII whitespace. */
function mayBeginArray(byte: number | undefined): boolean {
  return byte === undefined || byte === OPENING_BRACKET || byte <= SPACE || byte >= DELETE;
}

function createJsonArrayReader(open: OpenStream, { maxEventBytes, http }: FramingOptions): Framer {
  const sink = open({ framing: jsonArray.name, wrapping: jsonArray.name, http, place: null });
  /** The beginning of an element, up to the last chunk. */
  const held = createByteBuffer();
  /** How many brackets are open within the current element; -1: there is none. */
  let depth = -1;
  let isInString = false;
  let isEscaped = false;
  let isInArray = false;
  /** A comma, or the beginning of the array, precedes the next element. */
  let isSeparated = false;
  /** A line outside of arrays is being read. */
  let isStray = false;
  let events = 0;
  let line = 1;
  let totalBytes = 0;
  /** Where the current element begins. */
  let place = { line, offset: 0 };
  let atMs: number | null = null;

  function checkSize(length: number): void {
    if (length > maxEventBytes) throw new EventTooLargeError(maxEventBytes, place);
  }

  /** Passes on the element whose last bytes are those of the chunk from `start` to `end`. */
  function finish(chunk: Buffer, start: number, end: number): void {
    held.append(chunk, start, end);
    const bytes = held.view();
    checkSize(bytes.length);
    const data = bytes.toString("utf8").trimEnd();
    if (!mayBeJson(data)) {
      depth = -1;
      return finishStray(chunk, 0, 0);
    }
    const invalid = findInvalidUtf8(data, bytes, 0, bytes.length);
    if (invalid !== null) {
      const offset = place.offset + invalid.at;
      sink.defect({ type: "invalid-utf8", text: invalid.excerpt, index: events, line: place.line, offset });
    }
    const event = { type: "event", event: UNNAMED_EVENT, data, lastEventId: "", index: events } as const;
    const { length } = bytes;
    held.clear();
    events += 1;
    depth = -1;
    sink.record({ ...event, ...place, length }, atMs);
  }

  const strays = createStrayLines((record) => sink.record(record, atMs));

  /**
   * Passes on a line outside of arrays, or an element that is not JSON; it ends with bytes `start` to `end` of `chunk`.
   */
  function finishStray(chunk: Buffer, start: number, end: number): void {
    held.append(chunk, start, end);
    const bytes = held.view();
    strays.add({ bytes, start: 0, end: bytes.length, number: place.line, offset: place.offset });
    strays.end();
    held.clear();
    isStray = false;
  }

  /** Reads a byte between elements; true if it begins an element or a stray line. */
  function readBetween(byte: number, offset: number): boolean {
    if (WHITESPACE.has(byte)) return false;
    if (!isInArray) {
      isInArray = byte === OPENING_BRACKET;
      isSeparated = isInArray;
      isStray = !isInArray && !(offset < BYTE_ORDER_MARK.size && BYTE_ORDER_MARK.has(byte));
      if (isStray) place = { line, offset };
      return isStray;
    }
    if (byte === COMMA) {
      isSeparated = true;
      return false;
    }
    if (byte === CLOSING_BRACKET) {
      isInArray = false;
      return false;
    }
    place = { line, offset };
    if (!isSeparated) sink.defect({ type: "run-together", text: "comma", index: events, ...place });
    isSeparated = false;
    depth = 0;
    return true;
  }

  /**
   * Reads a byte of an element. Returns how many bytes of it end the element: 1, or 0 for a number or word; null: none.
   */
  function readWithin(byte: number): 0 | 1 | null {
    if (isInString) {
      if (isEscaped) isEscaped = false;
      else if (byte === BACKSLASH) isEscaped = true;
      else if (byte === QUOTE) isInString = false;
      return null;
    }
    switch (byte) {
      case QUOTE:
        isInString = true;
        return null;
      case OPENING_BRACE:
      case OPENING_BRACKET:
        depth += 1;
        return null;
      case CLOSING_BRACE:
      case CLOSING_BRACKET:
        if (depth === 0) return 0;
        depth -= 1;
        return depth === 0 ? 1 : null;
      case COMMA:
        return depth === 0 ? 0 : null;
      default:
        return null;
    }
  }

  function readChunk(chunk: Buffer, offset: number): void {
    let start = 0;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] ?? 0;
      if (isStray) {
        if (byte === LF) finishStray(chunk, start, index);
      } else if (depth === -1 && readBetween(byte, offset + index)) start = index;
      if (depth !== -1) {
        const own = readWithin(byte);
        if (own !== null) finish(chunk, start, index + own);
        // The byte that ended a number is not part of it and is read again.
        if (own === 0 && readBetween(byte, offset + index)) start = index;
      }
      if (byte === LF) line += 1;
    }
    if (depth === -1 && !isStray) return;
    held.append(chunk, start);
    checkSize(held.length);
  }

  return {
    push(bytes, arrivedAtMs) {
      atMs = arrivedAtMs;
      sink.bytes(bytes, atMs, totalBytes);
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      readChunk(chunk, totalBytes);
      totalBytes += chunk.length;
    },
    moveTo(place) {
      line = place.line;
      totalBytes = place.offset;
    },
    end() {
      if (isStray) finishStray(Buffer.alloc(0), 0, 0);
      // An array that is not closed is truncated, even between two elements.
      if (depth === -1) place = { line, offset: totalBytes };
      const isCut = isInArray || depth !== -1;
      const pending = isCut ? { event: UNNAMED_EVENT, data: held.view().toString("utf8"), ...place } : null;
      sink.record({ type: "end", bytes: totalBytes, events, lastEventId: "", pending }, atMs);
    },
  };
}
