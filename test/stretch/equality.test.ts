// For any stream, cut anywhere, reading stretches at once must give the same as reading every event by itself: the
// report with its findings, counts, times and texts, and the output.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { captures, named, withoutCaptures } from "../support/captures.ts";
import { tried } from "../support/exhaustive.ts";
import { chosenFixtures } from "../support/fixtures.ts";
import { answer } from "../support/stream.ts";
import { readChunks } from "../support/with-stretches.ts";
import { anyStream } from "./support/streams.ts";

const NUM_RUNS = tried(150, 3000);

/** How a file is cut for each way of reading: chunks of this length contain whole events. */
const SIZES = [Infinity, 4099, 1021];

/** Returns how many events were read in stretches. */
async function expectEqual(bytes: Uint8Array, size: number): Promise<number> {
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += size) chunks.push(bytes.slice(start, start + size));
  const quick = await readChunks(chunks, true);
  const slow = await readChunks(chunks, false);
  expect(slow.eventsInStretches).toBe(0);
  expect(quick.report).toEqual(slow.report);
  expect(quick.shown).toBe(slow.shown);
  return quick.eventsInStretches;
}

describe("every selected fixture", () => {
  test.each(named(chosenFixtures.filter(({ name }) => /\.(?:sse|ndjson)$/.test(name))))("%s", async (_, { bytes }) => {
    expect.hasAssertions();
    for (const size of SIZES) await expectEqual(bytes, size);
  });
});

test("every capture", async ({ skip }) => {
  skip(...withoutCaptures);
  let eventsInStretches = 0;
  for (const { bytes, isSse } of captures) {
    if (isSse) for (const size of SIZES) eventsInStretches += await expectEqual(bytes, size);
  }
  // Otherwise nothing was tested.
  expect(eventsInStretches).toBeGreaterThan(1000);
});

test("a text with many escapes, longer than a search window", async () => {
  expect.hasAssertions();
  const texts = ["a", "b", "c", "\n".repeat(4_000_000), "d", "e", "f"];
  const bytes = Buffer.from(answer(...texts));
  for (const size of tried([Infinity], [Infinity, 65_536])) await expectEqual(bytes, size);
});

test("events without blank lines between them, pending when similar events begin", async () => {
  const deltas = answer("a", "b", "c", "d", "e", "f");
  const blankLines = [...deltas.matchAll(/\n\n/g)].map(({ index }) => index);
  let eventsInStretches = 0;
  // One blank line is missing, or replaced by [DONE].
  for (const place of blankLines) {
    for (const between of ["\n", "\ndata: [DONE]\n", "\ndata: {}\n"]) {
      const input = deltas.slice(0, place) + between + deltas.slice(place + 2);
      eventsInStretches += await expectEqual(Buffer.from(input), Infinity);
    }
  }
  expect(eventsInStretches).toBeGreaterThan(0);
});

describe("random streams", () => {
  test("of deltas that are alike, nearly alike, and different", async () => {
    let eventsInStretches = 0;
    await fc.assert(
      fc.asyncProperty(anyStream, fc.integer({ min: 200, max: 20_000 }), async (stream, size) => {
        eventsInStretches += await expectEqual(stream, size);
      }),
      { numRuns: NUM_RUNS },
    );
    expect(eventsInStretches).toBeGreaterThan(NUM_RUNS);
  });
});
