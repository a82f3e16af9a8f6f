// Times are those of the arrival, however late a chunk is taken. The clock of the tests stands still until it is moved.
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Chunk } from "../../src/model/chunk.ts";
import { takeArrivals } from "../../src/sources/arrivals.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What has happened when all that waits for nothing else has happened. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

async function take(chunks: AsyncIterable<Chunk>): Promise<(readonly [text: string, atMs: number | null])[]> {
  const taken: (readonly [string, number | null])[] = [];
  for await (const { bytes, atMs } of chunks) taken.push([Buffer.from(bytes).toString(), atMs]);
  return taken;
}

test("A reader that is late does not make the arrival late.", async () => {
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

test("A stream that fails gives what came before, and then its error.", async () => {
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

test("A reader that goes away closes the stream.", async () => {
  const stream = new PassThrough();
  const { chunks } = takeArrivals(stream, performance.now());
  stream.write("a");
  for await (const _ of chunks) break;
  expect(stream.destroyed).toBe(true);
});

test("What waits is bounded: a stream that outruns its reader is held back, and that is told.", async () => {
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
