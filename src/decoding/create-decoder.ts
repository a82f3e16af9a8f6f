// Compressed bytes through zlib, piece by piece; this module and zlib are loaded only where they are needed.
import type { Transform } from "node:stream";
import * as zlib from "node:zlib";
import { UserError } from "../errors.ts";
import type { Coding, CompressionFault } from "../model/compression-fault.ts";
import type { Decoder } from "./decoder.ts";
import { createFramesDecoder } from "./zstd-frames.ts";

/** How to decode as it comes, and all at once as far as it is good. */
interface Library {
  create(): Transform;
  decodeBeginning(bytes: Uint8Array, maxOutputLength: number): Buffer;
}

/**
 * Of damaged data the library drops what it decoded last, up to 16 KiB. Of an input that is no longer than this the
 * compressed bytes are kept, so that this can be had again.
 */
const KEPT_BYTES = 1024 ** 2;
/** More decoded bytes than these are not decoded again. */
const RESCUED_BYTES = 64 * 1024 ** 2;
/** More than what the library drops. */
const DROPPED_BYTES = 64 * 1024;

/** A decoder, whose output the caller limits. Throws UserError where this Node.js has none for the coding. */
export function createDecoder(coding: Coding): Decoder {
  if (coding === "deflate") return createDeflateDecoder();
  const library = libraryOf(coding);
  const create = () => createStreamDecoder(coding, library);
  return coding === "zstd" ? createFramesDecoder(create) : create();
}

/** The low half of the first byte of zlib's format (RFC 1950, 2.2): deflate. */
const ZLIB_DEFLATE = 8;

/** What HTTP calls deflate is zlib's format (RFC 9110, 8.4.1.2); some servers send it bare. The first byte tells. */
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
  /** What was pushed; null: more than is kept. */
  let kept: Buffer[] | null = [];
  let keptBytes = 0;
  let decodedBytes = 0;
  let fault: CompressionFault | null = null;
  let error: Error | null = null;
  let isOver = false;
  /** Goes on with what waits for the library; null: nothing does. */
  let wake: (() => void) | null = null;
  stream.on("readable", () => wake?.());
  stream.on("end", () => {
    // Also where bytes follow that are none of the format's: gzip is padded with zeros by some.
    isOver = true;
    wake?.();
  });
  stream.on("error", fail);

  function fail(reason: Error): void {
    error ??= reason;
    wake?.();
  }

  /** Gives what comes out until `step` says that it is done, or nothing can come any more. */
  async function* run(step: (done: (reason?: Error | null) => void) => void): AsyncGenerator<Buffer> {
    const progress = { isDone: false };
    step((reason) => {
      progress.isDone = true;
      // It is told here before the event comes.
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

  /** Puts down what is wrong, and gives what can still be had. */
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
      // Its callback is called before the last bytes are judged: what counts is the event `end`, or an error.
      yield* run(() => stream.end());
    },
    get fault() {
      return fault;
    },
  };
}

/**
 * All that damaged bytes hold before the damage: what their longest beginning that is good decodes to. A beginning is good
 * up to the byte that shows the damage, so halving finds it.
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

/** zstd is in Node.js from 22.15 on: https://nodejs.org/api/zlib.html#zlibcreatezstddecompressoptions */
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

/** What newer versions of Node.js add, which the types of the oldest do not have. */
interface WithZstd {
  createZstdDecompress(): Transform;
  zstdDecompressSync(bytes: Uint8Array, options: { readonly maxOutputLength: number }): Buffer;
}
