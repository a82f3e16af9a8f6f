import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createSlices } from "../../src/timing/slices.ts";

test("Events with one time have no slices.", () => {
  const slices = createSlices();
  slices.add(70, 3, 0);
  slices.add(70.4, 3, 0.4);
  expect(slices.report()).toBeNull();
});

test("Each slice has the characters that arrived in it and the longest gap that ended in it.", () => {
  const slices = createSlices();
  slices.add(1000, 1, 0);
  slices.add(1001, 2, 1);
  slices.add(1001.5, 4, 0.5);
  slices.add(1004, 8, 2.5);
  expect(slices.report()).toEqual({ sliceMs: 1, characters: [1, 6, 0, 0, 8], longestGapMs: [0, 1, 0, 0, 2.5] });
});

test("For any length of stream there are at most 128 slices, the last is not empty, and nothing is lost.", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 10_000_000 }), fc.nat(50)), { minLength: 2 }), (steps) => {
      const slices = createSlices();
      let atMs = 0;
      let total = 0;
      for (const [gapMs, characters] of steps) {
        atMs += gapMs;
        total += characters;
        slices.add(atMs, characters, gapMs);
      }
      const report = slices.report();
      fc.pre(report !== null);
      expect(report.characters.length).toBeLessThanOrEqual(128);
      expect(report.longestGapMs).toHaveLength(report.characters.length);
      expect(report.characters.reduce((sum, count) => sum + count, 0)).toBe(total);
      expect(Math.max(...report.longestGapMs)).toBe(Math.max(...steps.map(([gapMs]) => gapMs)));
      const lastMs = atMs - (steps[0]?.[0] ?? 0);
      expect(Math.floor(lastMs / report.sliceMs)).toBe(report.characters.length - 1);
    }),
  );
});

/** A character in each millisecond, after a gap as long as the time so far. */
function upTo(lastMs: number) {
  const slices = createSlices();
  for (let atMs = 0; atMs <= lastMs; atMs += 1) slices.add(atMs, 1, atMs);
  return slices.report();
}

test("Slices become wider at the first time after the 128th.", () => {
  expect(upTo(127)).toMatchObject({ sliceMs: 1, characters: Array.from({ length: 128 }, () => 1) });
  expect(upTo(128)).toMatchObject({ sliceMs: 2, characters: [...Array.from({ length: 64 }, () => 2), 1] });
  expect(upTo(128)?.longestGapMs.slice(-2)).toEqual([127, 128]);
});
