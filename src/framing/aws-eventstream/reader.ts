// Bytes of an AWS event stream in, events out. A damaged frame is reported and read as far as possible; bytes that are
// not a frame are skipped up to the next frame.
import { EventTooLargeError } from "../../errors.ts";
import { type WireDefect, type WireEvent, UNNAMED_EVENT } from "../../model/wire.ts";
import { type ByteBuffer, createByteBuffer } from "../byte-buffer.ts";
import type { Framer, FramingOptions, StreamSink } from "../framing.ts";
import { findInvalidUtf8 } from "../utf-8.ts";
import {
  type Checksum,
  PRELUDE_BYTES,
  type Prelude,
  checksumOf,
  findPrelude,
  isPossible,
  matches,
  readFrame,
  readPrelude,
} from "./frame.ts";
import type { FrameHeaders } from "./headers.ts";

/** Characters of text between frames that are passed on; the rest of a large page would not help. */
const LONGEST_STRAY = 64 * 1024;
/** Not text: its bytes are not quoted. */
// oxlint-disable-next-line no-control-regex
const BINARY = /[\0-\x08\x0e-\x1f\ufffd]/;

/** Bytes found where a frame should begin, up to the next frame. */
interface Lost {
  readonly offset: number;
  /** Null if there were too few bytes for one. */
  readonly prelude: Prelude | null;
  readonly bytes: ByteBuffer;
}

export function createFrameReader(sink: StreamSink, { maxEventBytes }: FramingOptions): Framer {
  /** The beginning of a frame whose rest is still to come, and its place. */
  const held = createByteBuffer();
  let heldFrom = 0;
  /** Where the next byte is in the input. */
  let next = 0;
  let frames = 0;
  let events = 0;
  let atMs: number | null = null;
  let lost: Lost | null = null;

  function defect(text: string, offset: number, type: WireDefect["type"] = "damaged-frame"): void {
    sink.defect({ type, text, index: events, line: Math.max(frames, 1), offset });
  }

  function checkSize(bytes: number, offset: number): void {
    if (bytes > maxEventBytes) throw new EventTooLargeError(maxEventBytes, { line: frames + 1, offset });
  }

  /** Passes on the event of the frame at `at`; all its bytes must be present. */
  function readWhole(bytes: Buffer, at: number, prelude: Prelude, offset: number, length = prelude.length): void {
    const { headers, isWhole, start, end } = readFrame(bytes, at, prelude);
    frames += 1;
    if (!matches(prelude.checksum)) defect(`the checksum of its prelude ${difference(prelude.checksum)}`, offset);
    else {
      const checksum = checksumOf(bytes, at, prelude);
      if (!matches(checksum)) defect(`its checksum ${difference(checksum)}`, offset);
    }
    if (!isWhole) defect("its headers cannot be read", offset);
    const data = bytes.toString("utf8", start, end);
    // Other AWS services send audio.
    const isText = headers[":content-type"] !== "application/octet-stream";
    const invalid = isText ? findInvalidUtf8(data, bytes, start, end) : null;
    if (invalid !== null) defect(invalid.excerpt, offset + invalid.at - at, "invalid-utf8");
    const event: WireEvent = {
      type: "event",
      event: nameOf(headers),
      data,
      lastEventId: "",
      index: events,
      line: frames,
      offset,
      length,
      headers,
    };
    events += 1;
    sink.record(event, atMs);
  }

  /** Reports the lost bytes. If their length matches the prelude, only the prelude's checksum is wrong. */
  function endLost({ offset, prelude, bytes }: Lost): void {
    const all = bytes.view();
    const text = all.toString("utf8");
    if (prelude !== null && isPossible(prelude) && prelude.length === all.length) {
      readWhole(all, 0, prelude, offset);
    } else if (!BINARY.test(text)) {
      const stray = text.slice(0, LONGEST_STRAY).trim();
      if (stray !== "") sink.record({ type: "stray", text: stray, line: frames + 1, offset }, atMs);
    } else {
      frames += 1;
      defect(`${prelude === null ? "" : describePrelude(prelude)}${all.length} bytes are skipped`, offset);
    }
    bytes.clear();
    lost = null;
  }

  /** Skips bytes that are not a frame, from `at`; returns the place at which the next frame begins, or may begin. */
  function passOver(passed: Lost, bytes: Buffer, at: number): { readonly at: number; readonly isFound: boolean } {
    const found = findPrelude(bytes, at);
    passed.bytes.append(bytes, at, found.at);
    checkSize(passed.bytes.length, passed.offset);
    if (found.isFound) endLost(passed);
    return found;
  }

  /** Reads the complete frames; returns their total size in bytes. */
  function readFrames(bytes: Buffer, placeOf: (at: number) => number): number {
    let at = 0;
    while (bytes.length - at >= PRELUDE_BYTES) {
      if (lost !== null) {
        const found = passOver(lost, bytes, at);
        at = found.at;
        if (!found.isFound) return at;
      }
      const offset = placeOf(at);
      const prelude = readPrelude(bytes, at);
      if (!isPossible(prelude) || !matches(prelude.checksum)) {
        lost = { offset, prelude, bytes: createByteBuffer() };
        // The next frame begins later.
        lost.bytes.append(bytes, at, at + 1);
        at += 1;
        continue;
      }
      checkSize(prelude.length, offset);
      if (bytes.length - at < prelude.length) return at;
      // Chunk sizes may be among its bytes.
      readWhole(bytes, at, prelude, offset, placeOf(at + prelude.length - 1) + 1 - offset);
      at += prelude.length;
    }
    return at;
  }

  /** Reads the end of the input: nothing, a truncated frame, or bytes that are not a frame. */
  function readRest() {
    const rest = held.view();
    if (lost !== null) {
      lost.bytes.append(rest);
      endLost(lost);
      return null;
    }
    if (rest.length === 0) return null;
    if (rest.length < PRELUDE_BYTES) {
      if ((rest[0] ?? 0) > 1) {
        const passed = { offset: heldFrom, prelude: null, bytes: createByteBuffer() };
        passed.bytes.append(rest);
        endLost(passed);
        return null;
      }
      return { event: UNNAMED_EVENT, data: "", line: frames + 1, offset: heldFrom };
    }
    const { headers, start, end } = readFrame(rest, 0, readPrelude(rest, 0));
    const data = rest.toString("utf8", start, end);
    return { event: nameOf(headers), data, line: frames + 1, offset: heldFrom, headers };
  }

  return {
    push(bytes, arrivedAtMs) {
      atMs = arrivedAtMs;
      sink.bytes(bytes, atMs, next);
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const before = held.length;
      if (before > 0) held.append(chunk);
      const all = before > 0 ? held.view() : chunk;
      const from = next;
      const placeOf = (at: number) => (at < before ? heldFrom + at : from + at - before);
      const read = readFrames(all, placeOf);
      next += chunk.length;
      if (read === 0 && before > 0) return;
      if (read < all.length) heldFrom = placeOf(read);
      const rest = before > 0 ? Buffer.from(all.subarray(read)) : all.subarray(read);
      held.clear();
      held.append(rest);
    },
    moveTo({ offset }) {
      next = offset;
    },
    end() {
      const pending = readRest();
      sink.record({ type: "end", bytes: next, events, lastEventId: "", pending }, atMs);
    },
  };
}

/** https://smithy.io/2.0/aws/amazon-eventstream.html#protocol-message-types: an event, an exception, an error. */
function nameOf(headers: FrameHeaders): string {
  return headers[":event-type"] || headers[":exception-type"] || headers[":error-code"] || UNNAMED_EVENT;
}

/** The fault of a prelude: its checksum, or impossible lengths. */
function describePrelude(prelude: Prelude): string {
  if (!matches(prelude.checksum)) return `the checksum of its prelude ${difference(prelude.checksum)}; `;
  const { length, headersLength } = prelude;
  return `its prelude states ${length} bytes with ${headersLength} bytes of headers, which is impossible; `;
}

function difference({ stated, computed }: Checksum): string {
  return `is ${hex(stated)}, but its bytes give ${hex(computed)}`;
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, "0")}`;
}
