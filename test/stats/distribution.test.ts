import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDistribution, type Distribution, SKETCH_ERROR } from "../../src/stats/distribution.ts";

function distributionOf(values: Iterable<number>, mostExact?: number): Distribution {
  const distribution = createDistribution(mostExact);
  for (const value of values) distribution.add(value);
  return distribution;
}

/** The nearest rank: the definition. */
function exactQuantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? NaN;
}

const SHARES = [0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1];
/** Times from a microsecond to a day, many alike and some far out. */
const times = fc.array(
  fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 1000 }),
    fc.double({ min: 1e-3, max: 8.64e7, noNaN: true, noDefaultInfinity: true }),
  ),
  { minLength: 1, maxLength: 300 },
);

test("quantiles are exact as long as values are kept", () => {
  fc.assert(
    fc.property(times, (values) => {
      const distribution = distributionOf(values);
      expect(distribution.isExact).toBe(true);
      for (const share of SHARES) expect(distribution.quantile(share)).toBe(exactQuantile(values, share));
    }),
  );
});

test("quantiles of a sketch are within its error", () => {
  fc.assert(
    fc.property(times, (values) => {
      const distribution = distributionOf(values, 0);
      expect(distribution.isExact).toBe(false);
      for (const share of SHARES) {
        const exact = exactQuantile(values, share);
        const error = Math.abs((distribution.quantile(share) ?? NaN) - exact);
        expect(error).toBeLessThanOrEqual(exact * SKETCH_ERROR * (1 + 1e-9));
      }
    }),
  );
});

test.each([1000, 100, 0])("parts that are merged in any order are the whole, with %d exact values", (mostExact) => {
  fc.assert(
    fc.property(fc.array(times, { minLength: 1, maxLength: 6 }), fc.nat(), (parts, seed) => {
      const whole = distributionOf(parts.flat(), mostExact);
      const merged = createDistribution(mostExact);
      const order = parts.map((_, index) => parts[(index + seed) % parts.length] ?? []);
      for (const part of order) merged.merge(distributionOf(part, mostExact));
      expect(merged.isExact).toBe(whole.isExact);
      for (const key of ["count", "min", "max"] as const) expect(merged[key]).toBe(whole[key]);
      expect(merged.values(false)).toEqual(whole.values(false));
      for (const share of SHARES) expect(merged.quantile(share)).toBe(whole.quantile(share));
    }),
  );
});

describe("memory is bounded", () => {
  test("whatever sizes values claim to have", () => {
    const distribution = createDistribution(0);
    for (let power = -320; power <= 308; power += 1) distribution.add(10 ** power);
    distribution.add(Number.MAX_VALUE);
    expect(distribution.values(true).length).toBeLessThan(3600);
    expect(distribution.max).toBe(Number.MAX_VALUE);
  });

  test("however many come", () => {
    const distribution = createDistribution();
    for (let index = 0; index < 200_000; index += 1) distribution.add((index * 7919) % 60_000);
    expect(distribution.isExact).toBe(false);
    expect(distribution.values(true).length).toBeLessThan(1500);
  });
});

test("without values nothing is known", () => {
  const distribution = createDistribution();
  expect([distribution.count, distribution.min, distribution.max, distribution.quantile(0.5)]).toEqual([
    0,
    null,
    null,
    null,
  ]);
});
