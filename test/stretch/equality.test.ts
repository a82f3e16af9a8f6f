// Whatever a stream is, and wherever it is cut, reading stretches at once comes to the same as reading every event by itself:
// the report with its findings, counts, times and texts, and what is shown.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { captures, named, withoutCaptures } from "../support/captures.ts";
import { tried } from "../support/exhaustive.ts";
import { chosenFixtures } from "../support/fixtures.ts";
import { answer } from "../support/stream.ts";
import { readChunks } from "../support/with-stretches.ts";
import { anyStream } from "./support/streams.ts";

const NUM_RUNS = tried(150, 3000);

/** How a file is cut where it is read whole, and where it is not: events stand whole in chunks as long as this. */
const SIZES = [Infinity, 4099, 1021];

/** Gives how many events came in stretches. */
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

describe("every fixture that is chosen", () => {
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
  // Else nothing was tried.
  expect(eventsInStretches).toBeGreaterThan(1000);
});

test("a text of many escapes, longer than what is searched at once", async () => {
  expect.hasAssertions();
  const texts = ["a", "b", "c", "\n".repeat(4_000_000), "d", "e", "f"];
  const bytes = Buffer.from(answer(...texts));
  for (const size of tried([Infinity], [Infinity, 65_536])) await expectEqual(bytes, size);
});

test("events without blank lines between them, which are in hand where events begin that are alike", async () => {
  const deltas = answer("a", "b", "c", "d", "e", "f");
  const blankLines = [...deltas.matchAll(/\n\n/g)].map(({ index }) => index);
  let eventsInStretches = 0;
  // One blank line is missing, or it has [DONE] in its place.
  for (const place of blankLines) {
    for (const between of ["\n", "\ndata: [DONE]\n", "\ndata: {}\n"]) {
      const input = deltas.slice(0, place) + between + deltas.slice(place + 2);
      eventsInStretches += await expectEqual(Buffer.from(input), Infinity);
    }
  }
  expect(eventsInStretches).toBeGreaterThan(0);
});

describe("random streams", () => {
  test("of deltas that are alike, nearly alike, and not at all", async () => {
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
