import { describe, expect, test } from "vitest";
import { type Blocks, createBlockMeter } from "../../src/timing/blocks.ts";

const EVENT_BYTES = 187;
const KIBIBYTE = 1024;
/** A stream of events of one size. */
const stream = Buffer.from(`${"x".repeat(EVENT_BYTES - 2)}\n\n`.repeat(3000));

/** The blocks found in reads of these sizes, the first without a pause and each other one after a pause. */
function blocksIn(sizes: readonly number[], pauseMs: (index: number) => number): Blocks | null {
  const meter = createBlockMeter();
  let at = 0;
  let nowMs = 100;
  for (const [index, size] of sizes.entries()) {
    if (index > 0) nowMs += pauseMs(index);
    meter.add(stream.subarray(at, at + size), nowMs);
    at += size;
  }
  return meter.blocks();
}

function times(count: number, ...sizes: readonly number[]): number[] {
  return Array.from({ length: count }, () => sizes).flat();
}

const waiting = () => 300;

describe("Blocks are detected", () => {
  test.each([1, 2, 4, 8, 16, 32, 64])("of %i KiB.", (kibibytes) => {
    const size = kibibytes * KIBIBYTE;
    expect(blocksIn([...times(5, size), 100], waiting)).toEqual({ sizeBytes: size, reads: 5, readsWithinEvent: 5 });
  });

  test.each<[string, readonly number[], number]>([
    ["two of them and the rest, as in a short response", [4096, 4096, 900], 4096],
    ["the first one smaller, because it contains the response headers", [3811, ...times(4, 4096), 70], 4096],
    ["some of them joined by TCP", [4096, 8192, 4096, 4096, 12_288, 4096, 500], 4096],
    ["of an unusual size, as HAProxy's 15 KiB", [...times(5, 15 * KIBIBYTE), 500], 15 * KIBIBYTE],
    ["nearly filled, because the buffer also contained HTTP chunk sizes", [3901, 3967, 3955, 3890, 3974, 200], 4096],
  ])("with %s.", (_, sizes, sizeBytes) => {
    expect(blocksIn(sizes, waiting)?.sizeBytes).toBe(sizeBytes);
  });

  test("that arrived in several packets.", () => {
    const sizes = [...times(5, 1448, 1448, 1200), 100];
    expect(blocksIn(sizes, (index) => (index % 3 === 0 ? 300 : 1))).toMatchObject({ sizeBytes: 4096, reads: 5 });
  });
});

describe("Blocks are not detected", () => {
  test.each<[string, readonly number[], (index: number) => number]>([
    ["in reads that end with an event", times(30, EVENT_BYTES, 3 * EVENT_BYTES), waiting],
    ["in reads of equal size that end with an event", times(30, 8 * EVENT_BYTES), waiting],
    ["in a single one", [4096, 500], waiting],
    [
      "in a pipe that is always full, even if the machine is sometimes busy",
      times(60, 4096),
      (index) => (index % 10 === 0 ? 50 : 0.1),
    ],
    ["in network packets of a slow connection", times(30, 1448), waiting],
    ["in reads of any size", [811, 5000, 1203, 902, 3333, 7000, 120], waiting],
    ["if no pause follows them", times(30, 8192), () => 4],
  ])("%s.", (_, sizes, pauseMs) => {
    expect(blocksIn(sizes, pauseMs)).toBeNull();
  });

  test("in bytes with equal times: they are one read.", () => {
    expect(blocksIn(times(30, 4096), () => 0)).toBeNull();
  });
});

test("A read ends within an event unless its last byte ends a line.", () => {
  const meter = createBlockMeter();
  const ended: boolean[] = [];
  for (const [index, text] of ["data: a\n\n", "data: ", "b\r", "c"].entries()) {
    meter.add(Buffer.from(text), index);
    ended.push(meter.endedWithinEvent());
  }
  expect(ended).toEqual([false, false, true, false]);
});
