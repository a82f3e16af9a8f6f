import * as zlib from "node:zlib";
import { brotliCompressSync, createGzip, gzipSync, constants } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDecoding } from "../../src/decoding/decoding.ts";
import type { CompressionFault } from "../../src/model/compression-fault.ts";
import { DecodedTooLargeError, UserError } from "../../src/errors.ts";
import { hey } from "../support/captured.ts";
import { chunkings } from "../support/chunkings.ts";
import { tried } from "../support/exhaustive.ts";
import { readWaiting } from "../support/read-waiting.ts";

const MEBIBYTE = 1024 ** 2;
const NO_LIMIT = 2 ** 40;
const SCRIBBLE = 0x78;

interface Decoded {
  readonly bytes: Buffer;
  readonly fault: CompressionFault | null;
}

/** Decodes pieces; overwrites each one after its push, as the contract allows. */
async function decode(pieces: readonly Uint8Array[], name = "-", maxBytes = NO_LIMIT): Promise<Decoded> {
  const decoding = createDecoding(name, maxBytes);
  const decoded: Buffer[] = [];
  for (const piece of pieces) {
    const lent = Buffer.from(piece);
    for await (const bytes of decoding.push(lent)) decoded.push(Buffer.from(bytes));
    lent.fill(SCRIBBLE);
  }
  for await (const bytes of decoding.end()) decoded.push(Buffer.from(bytes));
  return { bytes: Buffer.concat(decoded), fault: decoding.fault };
}

const gz = gzipSync(hey);

describe.each(chunkings)("arriving $name", ({ cut }) => {
  test("bytes that are not compressed pass unchanged", async () => {
    expect(await decode(cut(hey))).toEqual({ bytes: hey, fault: null });
  });

  test("gzip is decompressed", async () => {
    expect(await decode(cut(gz))).toEqual({ bytes: hey, fault: null });
  });

  test("consecutive gzip members are one text", async () => {
    const members = Buffer.concat([gzipSync(hey.subarray(0, 500)), gzipSync(Buffer.of()), gzipSync(hey.subarray(500))]);
    expect(await decode(cut(members))).toEqual({ bytes: hey, fault: null });
  });

  test("zeros after gzip are padding", async () => {
    expect(await decode(cut(Buffer.concat([gz, Buffer.alloc(512)])))).toEqual({ bytes: hey, fault: null });
  });

  test("anything else after gzip is damage, reported after all intact data", async () => {
    const { bytes, fault } = await decode(cut(Buffer.concat([gz, Buffer.from("garbage")])));
    expect(bytes).toEqual(hey);
    expect(fault).toMatchObject({ coding: "gzip", type: "damaged", decodedBytes: hey.length });
  });

  test("gzip with a wrong checksum yields all its data", async () => {
    const damaged = Buffer.from(gz);
    damaged.writeUInt32LE(0, damaged.length - 8);
    const { bytes, fault } = await decode(cut(damaged));
    expect(bytes).toEqual(hey);
    expect(fault).toMatchObject({ type: "damaged", reason: "incorrect data check" });
  });

  test("brotli is decompressed if the name of the source shows it", async () => {
    const br = brotliCompressSync(hey);
    expect(await decode(cut(br), "capture.sse.br")).toEqual({ bytes: hey, fault: null });
    expect((await decode(cut(br), "capture.sse")).bytes).toEqual(br);
  });
});

/** The distance between the places where compressed data is cut. */
const STEP = tried(7, 1);

test("gzip cut at any byte yields the beginning of its data, more with each byte, and is reported as cut", async () => {
  let longest = 0;
  for (let length = 2; length < gz.length; length += STEP) {
    const { bytes, fault } = await decode([gz.subarray(0, length)]);
    expect(hey.subarray(0, bytes.length), `cut at byte ${length}`).toEqual(bytes);
    expect(fault, `cut at byte ${length}`).toMatchObject({ coding: "gzip", type: "cut", decodedBytes: bytes.length });
    expect(bytes.length).toBeGreaterThanOrEqual(longest);
    longest = bytes.length;
  }
  expect((await decode([gz.subarray(0, -1)])).fault).toMatchObject({ type: "cut", decodedBytes: hey.length });
});

test("brotli cut at any byte is reported as cut", async () => {
  const br = brotliCompressSync(hey);
  for (let length = 1; length < br.length; length += STEP) {
    const { bytes, fault } = await decode([br.subarray(0, length)], "x.br");
    expect(hey.subarray(0, bytes.length), `cut at byte ${length}`).toEqual(bytes);
    expect(fault, `cut at byte ${length}`).toMatchObject({ coding: "brotli", type: "cut" });
  }
});

test("gzip damaged anywhere gives the same result at every chunking, and does not throw", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: gz.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const damaged = Buffer.from(gz);
      damaged[at] = (damaged[at] ?? 0) ^ change;
      const [whole, ...others] = await Promise.all(chunkings.map(({ cut }) => decode(cut(damaged))));
      for (const other of others) expect(other).toEqual(whole);
    }),
    { numRuns: tried(4, 12) },
  );
});

test.each([
  ["nothing", ""],
  ["the first byte of gzip alone", "\u001f"],
  ["text that begins like zstd", "(not zstd)"],
  ["an opening parenthesis alone", "("],
])("%s passes unchanged", async (_, text) => {
  const bytes = Buffer.from(text, "latin1");
  for (const { cut } of chunkings) expect(await decode(cut(bytes))).toEqual({ bytes, fault: null });
});

test("Flushed data is decoded with the chunk that it arrives in", async () => {
  const gzip = createGzip();
  const decoding = createDecoding("-", NO_LIMIT);
  for (const text of ["data: one\n\n", "data: two\n\n", "data: three\n\n"]) {
    await new Promise<void>((resolve) => {
      gzip.write(text);
      gzip.flush(constants.Z_SYNC_FLUSH, resolve);
    });
    const chunk = readWaiting(gzip);
    let decoded = "";
    for await (const bytes of decoding.push(chunk)) decoded += Buffer.from(bytes).toString();
    expect(decoded).toBe(text);
  }
});

describe("the limit", () => {
  test.each(chunkings)("passes data up to its size, and stops at the same byte $name", async ({ cut }) => {
    expect((await decode(cut(gz), "-", hey.length)).bytes).toEqual(hey);
    const decoding = createDecoding("-", hey.length - 1);
    const decoded: Buffer[] = [];
    const reading = async () => {
      for (const piece of cut(gz)) for await (const bytes of decoding.push(piece)) decoded.push(Buffer.from(bytes));
    };
    await expect(reading).rejects.toThrow(DecodedTooLargeError);
    expect(Buffer.concat(decoded)).toEqual(hey.subarray(0, -1));
  });

  test("does not apply to bytes that are not compressed", async () => {
    expect((await decode([hey], "-", 10)).bytes).toEqual(hey);
  });

  test("stops a gibibyte of zeros at the limit, in small pieces", async () => {
    const bomb = gzipOfZeros(1024);
    expect(bomb.length).toBeLessThan(2 * MEBIBYTE);
    const limit = tried(16, 64) * MEBIBYTE;
    const decoding = createDecoding("-", limit);
    let decodedBytes = 0;
    let largest = 0;
    const reading = async () => {
      for await (const { length } of decoding.push(bomb)) {
        decodedBytes += length;
        largest = Math.max(largest, length);
      }
    };
    await expect(reading).rejects.toThrow(`the input is larger than ${limit / MEBIBYTE} MiB after decompression`);
    expect(decodedBytes).toBe(limit);
    expect(largest).toBeLessThanOrEqual(256 * 1024);
  });
});

/** A gzip file of this many mebibytes of zeros. */
function gzipOfZeros(mebibytes: number): Buffer {
  const member = gzipSync(Buffer.alloc(16 * MEBIBYTE));
  return Buffer.concat(Array.from({ length: mebibytes / 16 }, () => member));
}

describe("zstd", () => {
  // {"a":1} in one raw block (RFC 8878, 3.1.1).
  const zst = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, 0x07, 0x39, 0, 0, ...Buffer.from('{"a":1}')]);
  const hasZstd = "createZstdDecompress" in zlib;

  test.runIf(hasZstd).each(chunkings)("is decompressed $name", async ({ cut }) => {
    expect((await decode(cut(zst))).bytes.toString()).toBe('{"a":1}');
  });

  test.runIf(hasZstd).each(chunkings)("of several frames is one text $name", async ({ cut }) => {
    const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 0]);
    const { bytes, fault } = await decode(cut(Buffer.concat([zst, skippable, zst])));
    expect(bytes.toString()).toBe('{"a":1}{"a":1}');
    expect(fault).toBeNull();
  });

  test.runIf(hasZstd)("cut at any byte is reported as cut", async () => {
    for (let length = 4; length < zst.length; length += 1) {
      const { bytes, fault } = await decode([zst.subarray(0, length)]);
      expect('{"a":1}'.startsWith(bytes.toString())).toBe(true);
      expect(fault, `cut at byte ${length}`).toMatchObject({ coding: "zstd", type: "cut" });
    }
  });

  test.skipIf(hasZstd).each(chunkings)(
    "is refused $name with a hint if Node.js does not support it",
    async ({ cut }) => {
      const refusal = await decode(cut(zst)).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(UserError);
      expect(refusal).toMatchObject({ hint: expect.stringContaining("zstd -dc FILE | ssescope") });
    },
  );
});
