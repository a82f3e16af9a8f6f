// The body of an entry, decompressed as it is read; most recorders write it decompressed.
import { codingOf, createDecodingOf } from "../../decoding/decoding.ts";
import { LimitError } from "../../errors.ts";
import type { Coding } from "../../model/compression-fault.ts";
import type { BodyCut } from "../framing.ts";

/** A chunk of a body. */
export interface BodyPiece {
  readonly bytes: Buffer;
  /** In ms since the request; null if unknown. */
  readonly atMs: number | null;
}

/** A body whose chunks are given once. */
export interface EntryBody {
  readonly isCompressed: boolean;
  /** Size after decompression so far; 0 if it is not compressed. */
  readonly decodedBytes: number;
  pieces(): Iterable<BodyPiece> | AsyncIterable<BodyPiece>;
  /** The error that cut off the rest, once all chunks were given; undefined if there was none. */
  readonly cut: BodyCut | undefined;
}

/**
 * The body of an entry, decompressed if it is compressed, and unchanged if its header names a coding that it does not
 * have. `maxBytes` is the limit for all bodies of an archive together; `before` is the size of the earlier ones.
 * `isTimed`: its chunks have their own times, so data decoded from a chunk gets the time of that chunk.
 */
export function bodyOf(
  pieces: readonly BodyPiece[],
  contentEncoding: string | null,
  maxBytes: number,
  before: number,
  isTimed = false,
): EntryBody {
  const first = pieces.find(({ bytes }) => bytes.length > 0)?.bytes;
  const coding = first === undefined ? null : codingIn(first, contentEncoding);
  if (coding === null) return { isCompressed: false, decodedBytes: 0, pieces: () => pieces, cut: undefined };
  let cut: BodyCut | undefined;
  let decodedBytes = 0;
  let lastAtMs: number | null = null;
  return {
    isCompressed: true,
    async *pieces() {
      const decoding = createDecodingOf(coding, maxBytes, before);
      try {
        for (const { bytes, atMs } of pieces) {
          lastAtMs = isTimed ? atMs : null;
          for await (const decoded of decoding.push(bytes)) {
            decodedBytes += decoded.length;
            yield { bytes: asBuffer(decoded), atMs: lastAtMs };
          }
        }
        for await (const decoded of decoding.end()) {
          decodedBytes += decoded.length;
          yield { bytes: asBuffer(decoded), atMs: lastAtMs };
        }
      } catch (error) {
        if (!(error instanceof LimitError)) throw error;
        cut = { stop: error, compression: null };
        return;
      }
      const { fault } = decoding;
      // Only gzip and zstd have magic bytes: if another coding fails at once, the recorder had decompressed the body.
      if (fault !== null && decodedBytes === 0 && !isMarked(coding)) yield* pieces;
      else if (fault !== null) cut = { stop: null, compression: fault };
    },
    get decodedBytes() {
      return decodedBytes;
    },
    get cut() {
      return cut;
    },
  };
}

/** By the first bytes, or by the header if they do not look like text. */
function codingIn(first: Buffer, contentEncoding: string | null): Coding | null {
  const marked = codingOf(first, "", true) ?? null;
  if (marked !== null || startsAsText(first)) return marked;
  const coding = contentEncoding?.trim().toLowerCase() ?? "";
  return coding === "deflate" ? "deflate" : coding === "br" ? "brotli" : null;
}

function isMarked(coding: Coding): boolean {
  return coding === "gzip" || coding === "zstd";
}

const SPACE = 0x20;
const LF = 0x0a;
const TAB = 0x09;
const DELETE = 0x7f;

/** No compressed body starts like a stream or JSON. */
function startsAsText(body: Uint8Array): boolean {
  return body
    .subarray(0, "data:".length)
    .every((byte) => byte === TAB || byte === LF || (byte >= SPACE && byte < DELETE));
}

/** The same bytes, not a copy. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
