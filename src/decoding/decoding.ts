// The stage between a source and a framing: compressed bytes in, what they hold out; all other bytes as they came.
import type { Chunk } from "../model/chunk.ts";
import { DecodedTooLargeError } from "../errors.ts";
import type { Decoder } from "./decoder.ts";
import type { Coding, CompressionFault } from "../model/compression-fault.ts";

/** A list where nothing has to be waited for. */
export type Pieces = readonly Uint8Array[] | AsyncIterable<Uint8Array>;

export interface Decoding {
  /**
   * Decodes the next bytes. What it gives is valid until more is asked for. Throws DecodedTooLargeError, and UserError where
   * this Node.js cannot decode them.
   */
  push(bytes: Uint8Array): Pieces;
  /** Says that the input is over, and gives what is left of it. */
  end(): Pieces;
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

const NO_BYTES = new Uint8Array();

/** Decodes the bytes of the source of that name where they are compressed, to `maxBytes` at most. */
export function createDecoding(name: string, maxBytes: number): Decoding {
  return new DetectingDecoding(name, maxBytes);
}

/** A class: there is one for each source, and what V8 has to make anew for getters and generators of closures lives long. */
class DetectingDecoding implements Decoding {
  /** The first bytes, until they tell; then empty. */
  private head: Uint8Array = NO_BYTES;
  private isDecided = false;
  /** Null where the bytes are not compressed. */
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

  /** The bytes that are clear, with those held before; null while more are needed to tell. */
  private decide(bytes: Uint8Array, complete: boolean): Uint8Array | null {
    if (this.isDecided) return bytes;
    const head = this.head.length === 0 ? bytes : Buffer.concat([this.head, bytes]);
    const coding = codingOf(head, this.name, complete);
    if (coding === undefined) {
      // What was lent may be overwritten.
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
