// The stage between source and framing: decompresses compressed bytes, passes on all others unchanged.
import type { Chunk } from "../model/chunk.ts";
import { DecodedTooLargeError } from "../errors.ts";
import type { Decoder } from "./decoder.ts";
import type { Coding, CompressionFault } from "../model/compression-fault.ts";

/** A list if the bytes are available without waiting. */
export type Pieces = readonly Uint8Array[] | AsyncIterable<Uint8Array>;

export interface Decoding {
  /**
   * Decodes the next bytes. The result is valid until the next call. Throws DecodedTooLargeError, and UserError if this
   * Node.js cannot decode them.
   */
  push(bytes: Uint8Array): Pieces;
  /** Ends the input; returns the remaining bytes. */
  end(): Pieces;
  /** The fault found so far; null: none. */
  readonly fault: CompressionFault | null;
}

/** By their first bytes: gzip (RFC 1952, 2.3.1) and zstd (RFC 8878, 3.1.1). */
const MAGIC_NUMBERS: readonly { readonly coding: Coding; readonly bytes: readonly number[] }[] = [
  { coding: "gzip", bytes: [0x1f, 0x8b] },
  { coding: "zstd", bytes: [0x28, 0xb5, 0x2f, 0xfd] },
];
/** Brotli has no magic number (RFC 7932): only a file name shows it. */
const BROTLI_NAME = /\.br$/i;

const NO_BYTES = new Uint8Array();

/** Decodes the bytes of the source `name` if they are compressed, up to `maxBytes`. */
export function createDecoding(name: string, maxBytes: number): Decoding {
  return new DetectingDecoding(name, maxBytes);
}

/** A class, because there is one per source, and V8 keeps a closure's getters and generators in memory for long. */
class DetectingDecoding implements Decoding {
  /** The first bytes until the coding is detected; then empty. */
  private head: Uint8Array = NO_BYTES;
  private isDecided = false;
  /** Null if the bytes are not compressed. */
  private decoding: Decoding | null = null;
  private readonly name: string;
  private readonly maxBytes: number;

  constructor(name: string, maxBytes: number) {
    this.name = name;
    this.maxBytes = maxBytes;
  }

  push(bytes: Uint8Array): Pieces {
    return this.decode(this.decide(bytes, false));
  }

  end(): Pieces {
    const rest = this.decode(this.decide(NO_BYTES, true));
    return this.decoding === null ? rest : oneAfterTheOther(rest, this.decoding);
  }

  get fault(): CompressionFault | null {
    return this.decoding?.fault ?? null;
  }

  private decode(decided: Uint8Array | null): Pieces {
    if (decided === null || decided.length === 0) return [];
    return this.decoding === null ? [decided] : this.decoding.push(decided);
  }

  /** The bytes to pass on, including those held; null while more are needed to detect the coding. */
  private decide(bytes: Uint8Array, complete: boolean): Uint8Array | null {
    if (this.isDecided) return bytes;
    const head = this.head.length === 0 ? bytes : Buffer.concat([this.head, bytes]);
    const coding = codingOf(head, this.name, complete);
    if (coding === undefined) {
      // Copy: the caller may overwrite the bytes.
      this.head = Buffer.from(head);
      return null;
    }
    this.isDecided = true;
    this.head = NO_BYTES;
    if (coding !== null) this.decoding = createDecodingOf(coding, this.maxBytes);
    return head;
  }
}

async function* oneAfterTheOther(rest: Pieces, decoding: Decoding): AsyncGenerator<Uint8Array> {
  yield* rest;
  yield* decoding.end();
}

/**
 * Decodes bytes of a known coding, up to `maxBytes`; `before`: how many of these other parts of the same input have
 * used. Empty input is not a fault.
 */
export function createDecodingOf(coding: Coding, maxBytes: number, before = 0): Decoding {
  let decoder: Decoder | null = null;
  let decodedBytes = before;

  /** Counts decoded bytes; yields them exactly up to the limit at every chunking. */
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
      // Loaded on demand: most input is not compressed.
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

/** Decodes chunks; decoded bytes get the time of their chunk. Throws what the decoding throws. */
export async function* decodeChunks(chunks: AsyncIterable<Chunk>, decoding: Decoding): AsyncGenerator<Chunk> {
  let atMs: number | null = null;
  for await (const chunk of chunks) {
    ({ atMs } = chunk);
    for await (const bytes of decoding.push(chunk.bytes)) yield { bytes, atMs };
  }
  for await (const bytes of decoding.end()) yield { bytes, atMs };
}

/** The coding of bytes that start with `head`; null: not compressed; undefined: more bytes are needed. */
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
