// Times are arrival times, however late a chunk is taken. The tests' clock stands still until it is moved.
import { PassThrough, Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Chunk } from "../../src/model/chunk.ts";
import { takeArrivals } from "../../src/sources/arrivals.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A turn of the event loop. */
const turn = () => new Promise((resolve) => setImmediate(resolve));
/** Waits until pending callbacks have run and their turn is over. */
const settled = async () => {
  await turn();
  await turn();
};

async function take(chunks: AsyncIterable<Chunk>): Promise<(readonly [text: string, atMs: number | null])[]> {
  const taken: (readonly [string, number | null])[] = [];
  for await (const { bytes, atMs } of chunks) taken.push([Buffer.from(bytes).toString(), atMs]);
  return taken;
}

test("A slow reader does not change arrival times.", async () => {
  const stream = new PassThrough();
  const arrivals = takeArrivals(stream, performance.now());
  for (const [text, ms] of [
    ["a", 10],
    ["b", 250],
    ["c", 3],
  ] as const) {
    vi.advanceTimersByTime(ms);
    stream.write(text);
    await settled();
  }
  vi.advanceTimersByTime(40);
  stream.end();
  await settled();
  vi.advanceTimersByTime(5000);
  expect(await take(arrivals.chunks)).toEqual([
    ["a", 10],
    ["b", 260],
    ["c", 263],
  ]);
  expect(arrivals.closing()).toEqual({ endMs: 303, heldBackMs: 0 });
});

test("A stream that fails yields its chunks, and then its error.", async () => {
  const stream = new PassThrough();
  const arrivals = takeArrivals(stream, performance.now());
  stream.write("a");
  await settled();
  stream.destroy(new Error("reset"));
  await settled();
  const taken: string[] = [];
  const reading = (async () => {
    for await (const { bytes } of arrivals.chunks) taken.push(Buffer.from(bytes).toString());
  })();
  await expect(reading).rejects.toThrow("reset");
  expect(taken).toEqual(["a"]);
});

test("A reader that stops closes the stream.", async () => {
  const stream = new PassThrough();
  const { chunks } = takeArrivals(stream, performance.now());
  stream.write("a");
  for await (const _ of chunks) break;
  expect(stream.destroyed).toBe(true);
});

test("Waiting bytes are limited: a stream faster than its reader is paused, and the pause is reported.", async () => {
  const MEBIBYTE = 1024 ** 2;
  const stream = new PassThrough({ highWaterMark: MEBIBYTE });
  const { chunks, closing } = takeArrivals(stream, performance.now());
  let written = 0;
  const fill = async () => {
    while (written < 32 && stream.write(Buffer.alloc(MEBIBYTE))) {
      written += 1;
      await settled();
    }
  };
  await fill();
  expect(stream.isPaused()).toBe(true);
  expect(written).toBeLessThan(8);
  vi.advanceTimersByTime(700);
  stream.end();
  let bytes = 0;
  for await (const chunk of chunks) bytes += chunk.bytes.length;
  expect(bytes).toBeGreaterThan(written * MEBIBYTE);
  expect(closing().heldBackMs).toBe(700);
});

/** Pushes chunks into a flowing stream until it is paused; returns how many. */
function fill(stream: Readable, chunkBytes: number): number {
  let count = 0;
  while (count < 20_000 && !stream.isPaused()) {
    stream.push(Buffer.alloc(chunkBytes));
    count += 1;
  }
  return count;
}

/** Takes this many bytes. */
async function takeSome(reader: AsyncIterator<Chunk>, bytes: number): Promise<Chunk[]> {
  const taken: Chunk[] = [];
  for (let left = bytes; left > 0;) {
    const { value, done } = await reader.next();
    if (done === true) break;
    taken.push(value);
    left -= value.bytes.length;
  }
  return taken;
}

describe("Waiting chunks are limited:", () => {
  test.each([
    ["4 MiB", 64 * 1024, 64],
    ["16,384 chunks, however small", 1, 16_384],
  ])("at most %s; then the stream is paused until they are taken.", async (_, chunkBytes, most) => {
    const stream = new Readable({ read() {} });
    const { chunks, closing } = takeArrivals(stream, performance.now());
    const reader = chunks[Symbol.asyncIterator]();
    await settled();
    for (const heldBackMs of [100, 350]) {
      const asked = takeSome(reader, most * chunkBytes);
      expect(fill(stream, chunkBytes)).toBe(most);
      vi.advanceTimersByTime(heldBackMs);
      const taken = await asked;
      expect(stream.isPaused()).toBe(true);
      // All except the last are marked as followed by another.
      expect(taken.map(({ isFollowed = false }) => isFollowed)).toEqual(taken.map((_, at) => at < taken.length - 1));
      await settled();
      stream.push(Buffer.alloc(1));
      await takeSome(reader, 1);
      expect(stream.isPaused()).toBe(false);
    }
    stream.push(null);
    expect(await reader.next()).toMatchObject({ done: true });
    expect(closing()).toEqual({ endMs: 450, heldBackMs: 450 });
  });
});

describe("Data that arrives in one turn of the event loop", () => {
  test("has one time and is one chunk, however late its last byte is.", async () => {
    const stream = new Readable({ read() {} });
    const { chunks, closing } = takeArrivals(stream, performance.now());
    stream.on("data", () => vi.advanceTimersByTime(1));
    await settled();
    for (const texts of [["a", "b", "c"], ["d"], ["e", "f"]]) {
      for (const text of texts) stream.push(text);
      await settled();
      vi.advanceTimersByTime(100);
    }
    stream.push("g");
    stream.push(null);
    await settled();
    expect(await take(chunks)).toEqual([
      ["abc", 0],
      ["d", 103],
      ["ef", 204],
      ["g", 306],
    ]);
    expect(closing().endMs).toBe(306);
  });

  test("is joined up to 64 KiB; larger chunks stay as they are.", async () => {
    const stream = new Readable({ read() {} });
    const { chunks } = takeArrivals(stream, performance.now());
    await settled();
    for (const kibibytes of [40, 24, 1, 64, 70]) stream.push(Buffer.alloc(kibibytes * 1024));
    stream.push(null);
    const taken: Chunk[] = [];
    for await (const chunk of chunks) taken.push(chunk);
    expect(taken.map(({ bytes, atMs, isFollowed = false }) => [bytes.length / 1024, atMs, isFollowed])).toEqual([
      [64, 0, true],
      [1, 0, true],
      [64, 0, true],
      [70, 0, false],
    ]);
  });
});

test("A stream that is destroyed without an error ends its chunks.", async () => {
  const stream = new Readable({ read() {} });
  const { chunks, closing } = takeArrivals(stream, performance.now());
  stream.push("a");
  await settled();
  vi.advanceTimersByTime(30);
  stream.destroy();
  await settled();
  vi.advanceTimersByTime(30);
  expect(await take(chunks)).toEqual([["a", 0]]);
  expect(closing()).toEqual({ endMs: 30, heldBackMs: 0 });
});
