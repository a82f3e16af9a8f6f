// Decompresses bytes with zlib, piece by piece. This module and zlib are loaded only when needed.
import type { Transform } from "node:stream";
import * as zlib from "node:zlib";
import { UserError } from "../errors.ts";
import type { Coding, CompressionFault } from "../model/compression-fault.ts";
import type { Decoder } from "./decoder.ts";
import { createFramesDecoder } from "./zstd-frames.ts";

/** Decodes a stream, or the intact beginning of damaged bytes at once. */
interface Library {
  create(): Transform;
  decodeBeginning(bytes: Uint8Array, maxOutputLength: number): Buffer;
}

/**
 * The library drops up to 16 KiB of decoded bytes before damage. The compressed bytes of an input up to this length are
 * kept to decode that part again.
 */
const KEPT_BYTES = 1024 ** 2;
/** Limit on decoded bytes for decoding again. */
const RESCUED_BYTES = 64 * 1024 ** 2;
/** More bytes than the library drops. */
const DROPPED_BYTES = 64 * 1024;

/** Makes a decoder; the caller limits its output. Throws UserError if this Node.js does not support the coding. */
export function createDecoder(coding: Coding): Decoder {
  if (coding === "deflate") return createDeflateDecoder();
  const library = libraryOf(coding);
  const create = () => createStreamDecoder(coding, library);
  return coding === "zstd" ? createFramesDecoder(create) : create();
}

/** The low half of the first byte of zlib's format (RFC 1950, 2.2): deflate. */
const ZLIB_DEFLATE = 8;

/** HTTP's deflate is zlib's format (RFC 9110, 8.4.1.2); some servers send raw deflate. The first byte decides. */
function createDeflateDecoder(): Decoder {
  let decoder: Decoder | null = null;
  return {
    async *push(bytes) {
      const [first] = bytes;
      if (first === undefined) return;
      decoder ??= createStreamDecoder("deflate", (first & 0x0f) === ZLIB_DEFLATE ? WRAPPED_DEFLATE : BARE_DEFLATE);
      yield* decoder.push(bytes);
    },
    async *end() {
      if (decoder !== null) yield* decoder.end();
    },
    get fault() {
      return decoder?.fault ?? null;
    },
  };
}

const WRAPPED_DEFLATE: Library = {
  create: () => zlib.createInflate(),
  decodeBeginning: (bytes, maxOutputLength) =>
    zlib.inflateSync(bytes, { maxOutputLength, finishFlush: zlib.constants.Z_SYNC_FLUSH }),
};
const BARE_DEFLATE: Library = {
  create: () => zlib.createInflateRaw(),
  decodeBeginning: (bytes, maxOutputLength) =>
    zlib.inflateRawSync(bytes, { maxOutputLength, finishFlush: zlib.constants.Z_SYNC_FLUSH }),
};

function createStreamDecoder(coding: Coding, library: Library): Decoder {
  const stream = library.create();
  /** The bytes pushed so far; null: too many to keep. */
  let kept: Buffer[] | null = [];
  let keptBytes = 0;
  let decodedBytes = 0;
  let fault: CompressionFault | null = null;
  let error: Error | null = null;
  let isOver = false;
  /** Resumes the code that waits for the library; null: none waits. */
  let wake: (() => void) | null = null;
  stream.on("readable", () => wake?.());
  stream.on("end", () => {
    // Also emitted if other bytes follow: some pad gzip with zeros.
    isOver = true;
    wake?.();
  });
  stream.on("error", fail);

  function fail(reason: Error): void {
    error ??= reason;
    wake?.();
  }

  /** Yields decoded bytes until `step` is done, or the stream has ended or failed. */
  async function* run(step: (done: (reason?: Error | null) => void) => void): AsyncGenerator<Buffer> {
    const progress = { isDone: false };
    step((reason) => {
      progress.isDone = true;
      // The callback gets the error before the event is emitted.
      if (reason) fail(reason);
      else wake?.();
    });
    for (;;) {
      const changed = new Promise<void>((resolve) => (wake = resolve));
      const piece: unknown = stream.read();
      if (Buffer.isBuffer(piece)) {
        decodedBytes += piece.length;
        yield piece;
      } else if (error !== null) {
        yield* settle(error);
        return;
      } else if (progress.isDone || isOver) return;
      else await changed;
    }
  }

  /** Records the fault, and yields the bytes that can be rescued. */
  async function* settle(error: Error): AsyncGenerator<Buffer> {
    const isCut = "code" in error && error.code === "Z_BUF_ERROR";
    const canRescue = !isCut && decodedBytes <= RESCUED_BYTES;
    const whole = canRescue && kept !== null ? rescue(library, Buffer.concat(kept), decodedBytes) : Buffer.alloc(0);
    const rest = whole.subarray(decodedBytes);
    kept = null;
    decodedBytes += rest.length;
    fault = { coding, type: isCut ? "cut" : "damaged", reason: error.message, decodedBytes };
    if (rest.length > 0) yield rest;
  }

  function keep(bytes: Uint8Array): void {
    keptBytes += bytes.length;
    if (keptBytes > KEPT_BYTES) kept = null;
    else kept?.push(Buffer.from(bytes));
  }

  return {
    async *push(bytes) {
      if (isOver || error !== null) return;
      keep(bytes);
      yield* run((done) => stream.write(bytes, done));
    },
    async *end() {
      if (isOver || error !== null) return;
      // The callback is called before the last bytes are checked, so wait for the event `end` or an error.
      yield* run(() => stream.end());
    },
    get fault() {
      return fault;
    },
  };
}

/**
 * Decodes all bytes before the damage: the longest intact beginning. A beginning is intact up to the byte that shows
 * the damage, so a binary search finds it.
 */
function rescue(library: Library, bytes: Buffer, decodedBytes: number): Buffer {
  let decoded: Buffer = Buffer.alloc(0);
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    try {
      decoded = library.decodeBeginning(bytes.subarray(0, middle), decodedBytes + DROPPED_BYTES);
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return decoded;
}

function libraryOf(coding: Exclude<Coding, "deflate">): Library {
  const { constants } = zlib;
  switch (coding) {
    case "gzip":
      return {
        create: () => zlib.createGunzip(),
        decodeBeginning: (bytes, maxOutputLength) =>
          zlib.gunzipSync(bytes, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH }),
      };
    case "brotli":
      return {
        create: () => zlib.createBrotliDecompress(),
        decodeBeginning: (bytes, maxOutputLength) =>
          zlib.brotliDecompressSync(bytes, { maxOutputLength, finishFlush: constants.BROTLI_OPERATION_FLUSH }),
      };
    case "zstd":
      return zstd();
  }
}

/** Node.js has zstd since 22.15: https://nodejs.org/api/zlib.html#zlibcreatezstddecompressoptions */
function zstd(): Library {
  const library: object = zlib;
  if (!hasZstd(library)) {
    throw new UserError("zstd is not in this version of Node.js", "decompress it first: zstd -dc FILE | ssescope");
  }
  return {
    create: () => library.createZstdDecompress(),
    decodeBeginning: (bytes, maxOutputLength) => library.zstdDecompressSync(bytes, { maxOutputLength }),
  };
}

function hasZstd(library: object): library is WithZstd {
  return "createZstdDecompress" in library && "zstdDecompressSync" in library;
}

/** Functions of newer Node.js versions, which the types of the oldest supported one lack. */
interface WithZstd {
  createZstdDecompress(): Transform;
  zstdDecompressSync(bytes: Uint8Array, options: { readonly maxOutputLength: number }): Buffer;
}
