import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createSample } from "../../src/timing/sample.ts";

function sampleOf(values: readonly number[]) {
  const sample = createSample();
  for (const value of values) sample.add(value);
  return sample;
}

test("Without numbers there are no percentiles.", () => {
  expect(sampleOf([]).percentile(0.5)).toBeNull();
});

test("A percentile is the number of that rank, in any order of input.", () => {
  const sample = sampleOf([50, 10, 40, 20, 30]);
  expect([0, 0.2, 0.5, 0.95, 1].map((share) => sample.percentile(share))).toEqual([10, 10, 30, 50, 50]);
});

test("At least that share of the numbers does not exceed it, and a smaller share is below it.", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1000), { minLength: 1 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (values, share) => {
        const percentile = sampleOf(values).percentile(share) ?? NaN;
        expect(values).toContain(percentile);
        expect(values.filter((value) => value <= percentile).length).toBeGreaterThanOrEqual(share * values.length);
        expect(values.filter((value) => value < percentile).length).toBeLessThan(share * values.length);
      },
    ),
  );
});

test("For a million numbers an even sample is kept, with percentiles close to the exact ones.", () => {
  const sample = createSample();
  for (let index = 0; index < 1_000_000; index += 1) sample.add((index * 7919) % 1_000_003);
  for (const share of [0.5, 0.95, 0.99]) {
    expect(Math.abs((sample.percentile(share) ?? NaN) / 1_000_003 - share)).toBeLessThan(0.01);
  }
});

/** The numbers from 0 to one less than `count`. */
function upTo(count: number) {
  return sampleOf(Array.from({ length: count }, (_, index) => index));
}

test("Up to 32,767 numbers are kept exactly; from then on every second, and so on.", () => {
  const all = upTo(32_767);
  expect([0, 0.5, 1].map((share) => all.percentile(share))).toEqual([0, 16_383, 32_766]);
  const halved = upTo(32_768);
  expect([0, 0.5, 1].map((share) => halved.percentile(share))).toEqual([0, 16_382, 32_766]);
  const quartered = upTo(65_536);
  expect([0, 0.5, 1].map((share) => quartered.percentile(share))).toEqual([0, 32_764, 65_532]);
});
