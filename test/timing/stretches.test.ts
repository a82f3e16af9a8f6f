// Deltas that are read in one stretch have the same times as if each was read by itself.
import { expect, test } from "vitest";
import { answer } from "../support/stream.ts";
import { readChunks } from "../support/with-stretches.ts";

/** The stream in chunks of `size` bytes, 7 ms apart. */
function cut(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

test("Deltas that are read in one stretch change no time of the stream or the response.", async () => {
  const bytes = Buffer.from(answer(...Array.from({ length: 60 }, (_, index) => ` word ${index}`)));
  const chunks = cut(bytes, 3000);
  const { report, eventsInStretches } = await readChunks(chunks, true);
  const { report: oneByOne } = await readChunks(chunks, false);
  expect(eventsInStretches).toBeGreaterThan(30);
  expect(report.timing).toEqual(oneByOne.timing);
  expect(report.responses[0]?.timing).toEqual(oneByOne.responses[0]?.timing);
  expect(report.timing).toMatchObject({ reads: { count: chunks.length }, gapMs: { p50: 7, max: 7 } });
  expect(report.timing?.slices?.characters.reduce((sum, count) => sum + count, 0)).toBe(
    report.responses[0]?.text.length,
  );
});
