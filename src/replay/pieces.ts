// Splits a capture into the pieces to send: its chunks as recorded, or single events.
import type { Chunk } from "../model/chunk.ts";
import { createDecoding, decodeChunks } from "../decoding/decoding.ts";
import { createByteBuffer } from "../framing/byte-buffer.ts";
import type { Framer, StreamHead } from "../framing/framing.ts";
import { createFramer } from "../framing/create-framer.ts";
import type { WireEvent } from "../model/wire.ts";
import { GIBIBYTE, MEBIBYTE } from "../wording/sizes.ts";

/** Bytes that are sent together. */
export interface Piece {
  readonly bytes: Uint8Array;
  /** The event in these bytes, which also hold anything before it; null: not a whole event. */
  readonly event: WireEvent | null;
  /** When to send them, in ms since the request; null if the capture has no times. */
  readonly atMs: number | null;
}

/** Size limits of a capture. */
export const LIMITS = { maxEventBytes: 256 * MEBIBYTE, maxDecodedBytes: 4 * GIBIBYTE };

/** The chunks of a capture, decompressed if its name or bytes say that it is compressed. */
export function decompressed(name: string, chunks: AsyncIterable<Chunk>): AsyncIterable<Chunk> {
  return decodeChunks(chunks, createDecoding(name, LIMITS.maxDecodedBytes));
}

/** One piece per chunk. */
export async function* asRecorded(chunks: AsyncIterable<Chunk>): AsyncGenerator<Piece> {
  for await (const chunk of chunks) yield { ...chunk, event: null };
}

/** One piece per event, timed when the event was complete; then any bytes after the last event. */
export async function* byEvent(chunks: AsyncIterable<Chunk>): AsyncGenerator<Piece> {
  const splitter = createEventSplitter();
  let atMs: number | null = null;
  for await (const chunk of chunks) {
    ({ atMs } = chunk);
    for (const { bytes, event } of splitter.push(chunk.bytes)) yield { bytes, event, atMs };
  }
  for (const { bytes, event } of splitter.end()) yield { bytes, event, atMs };
}

/** The framing and wrapping detected from a chunk's bytes; null if they do not show it. */
export function headOfStream(chunk: Pick<Chunk, "bytes">): StreamHead | null {
  let first: StreamHead | null = null;
  const framer = createFramer(
    null,
    (head) => {
      first ??= head;
      return NO_SINK;
    },
    { maxEventBytes: LIMITS.maxEventBytes, http: null },
  );
  framer.push(chunk.bytes, null);
  framer.end();
  return first;
}

const NO_SINK = { bytes() {}, record() {}, defect() {}, close() {} };

interface EventSplitter {
  push(bytes: Uint8Array): Generator<Pick<Piece, "bytes" | "event">>;
  end(): Generator<Pick<Piece, "bytes" | "event">>;
}

function createEventSplitter(): EventSplitter {
  /** Complete events not yet yielded. */
  let complete: WireEvent[] = [];
  /** The bytes after the last event, and their offset in the capture. */
  const held = createByteBuffer();
  let heldFrom = 0;

  function open(_head: StreamHead) {
    return {
      ...NO_SINK,
      record(record: WireEvent | { readonly type: string }) {
        if (isEvent(record)) complete.push(record);
      },
    };
  }
  const framer: Framer = createFramer(null, open, { maxEventBytes: LIMITS.maxEventBytes, http: null });

  /** Yields the complete events. Their bytes are valid until the next one is requested. */
  function* take(): Generator<Pick<Piece, "bytes" | "event">> {
    if (complete.length === 0) return;
    const bytes = held.view();
    let start = 0;
    for (const event of complete) {
      const end = event.offset + event.length - heldFrom;
      yield { bytes: bytes.subarray(start, end), event };
      start = end;
    }
    complete = [];
    heldFrom += start;
    const rest = Buffer.from(bytes.subarray(start));
    held.clear();
    held.append(rest);
  }

  return {
    *push(bytes) {
      held.append(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
      framer.push(bytes, null);
      yield* take();
    },
    *end() {
      framer.end();
      yield* take();
      if (held.length > 0) yield { bytes: held.view(), event: null };
    },
  };
}

function isEvent(record: { readonly type: string }): record is WireEvent {
  return record.type === "event";
}
