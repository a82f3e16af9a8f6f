// The stage between a source and a framing: compressed bytes in, what they hold out; all other bytes as they came.
import type { Chunk } from "../model/chunk.ts";
import { DecodedTooLargeError } from "../errors.ts";
import type { Decoder } from "./decoder.ts";
import type { Coding, CompressionFault } from "../model/compression-fault.ts";

export interface Decoding {
  /**
   * Decodes the next bytes. What it gives is valid until more is asked for. Throws DecodedTooLargeError, and UserError where
   * this Node.js cannot decode them.
   */
  push(bytes: Uint8Array): AsyncIterable<Uint8Array>;
  /** Says that the input is over, and gives what is left of it. */
  end(): AsyncIterable<Uint8Array>;
  /** What was wrong with it, as far as is known; null: nothing. */
  readonly fault: CompressionFault | null;
}

/** By their first bytes: gzip (RFC 1952, 2.3.1) and zstd (RFC 8878, 3.1.1). */
const MAGIC_NUMBERS: readonly { readonly coding: Coding; readonly bytes: readonly number[] }[] = [
  { coding: "gzip", bytes: [0x1f, 0x8b] },
  { coding: "zstd", bytes: [0x28, 0xb5, 0x2f, 0xfd] },
];
/** Brotli begins with no bytes of its own (RFC 7932): only a name tells. */
const BROTLI_NAME = /\.br$/i;

/** Decodes the bytes of the source of that name where they are compressed, to `maxBytes` at most. */
export function createDecoding(name: string, maxBytes: number): Decoding {
  /** The first bytes, until they tell; then empty. */
  let head: Uint8Array = new Uint8Array();
  let isDecided = false;
  /** Null where the bytes are not compressed. */
  let decoding: Decoding | null = null;

  function decide(bytes: Uint8Array, complete: boolean): Uint8Array | null {
    if (isDecided) return bytes;
    head = head.length === 0 ? bytes : Buffer.concat([head, bytes]);
    const coding = codingOf(head, name, complete);
    if (coding === undefined) {
      // What was lent may be overwritten.
      head = Buffer.from(head);
      return null;
    }
    isDecided = true;
    if (coding !== null) decoding = createDecodingOf(coding, maxBytes);
    const first = head;
    head = new Uint8Array();
    return first;
  }

  async function* push(bytes: Uint8Array, complete = false): AsyncGenerator<Uint8Array> {
    const decided = decide(bytes, complete);
    if (decided === null || decided.length === 0) return;
    if (decoding === null) yield decided;
    else yield* decoding.push(decided);
  }

  return {
    push: (bytes) => push(bytes),
    async *end() {
      yield* push(new Uint8Array(), true);
      if (decoding !== null) yield* decoding.end();
    },
    get fault() {
      return decoding?.fault ?? null;
    },
  };
}

/**
 * Decodes bytes of which it is known how they are compressed, to `maxBytes` at most; `before`: how many of these other parts of
 * the same input had already. None at all are no fault.
 */
export function createDecodingOf(coding: Coding, maxBytes: number, before = 0): Decoding {
  let decoder: Decoder | null = null;
  let decodedBytes = before;

  /** Counts what is decoded; gives it up to the limit, at every chunking. */
  async function* limited(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      const room = Math.max(maxBytes - decodedBytes, 0);
      decodedBytes += piece.length;
      if (piece.length <= room) yield piece;
      else {
        yield piece.subarray(0, room);
        throw new DecodedTooLargeError(maxBytes);
      }
    }
  }

  return {
    async *push(bytes) {
      // Loaded here: most input is not compressed.
      decoder ??= (await import("./create-decoder.ts")).createDecoder(coding);
      yield* limited(decoder.push(bytes));
    },
    async *end() {
      if (decoder !== null) yield* limited(decoder.end());
    },
    get fault() {
      return decoder?.fault ?? null;
    },
  };
}

/** The chunks decoded; what one decodes to came when it came. Throws what the decoding throws. */
export async function* decodeChunks(chunks: AsyncIterable<Chunk>, decoding: Decoding): AsyncGenerator<Chunk> {
  let atMs: number | null = null;
  for await (const chunk of chunks) {
    ({ atMs } = chunk);
    for await (const bytes of decoding.push(chunk.bytes)) yield { bytes, atMs };
  }
  for await (const bytes of decoding.end()) yield { bytes, atMs };
}

/** How the bytes that begin with `head` are compressed; null: not at all; undefined: more bytes are needed to tell. */
export function codingOf(head: Uint8Array, name: string, complete: boolean): Coding | null | undefined {
  if (BROTLI_NAME.test(name)) return "brotli";
  for (const { coding, bytes } of MAGIC_NUMBERS) {
    const length = Math.min(head.length, bytes.length);
    if (!bytes.slice(0, length).every((byte, index) => head[index] === byte)) continue;
    if (length === bytes.length) return coding;
    if (!complete) return undefined;
  }
  return null;
}
