// The tests against what scipy 1.16 computes (norm.sf, mannwhitneyu with method="asymptotic", fisher_exact).
import { describe, expect, test } from "vitest";
import { createDistribution } from "../../../src/stats/distribution.ts";
import { fisher } from "../../../src/stats/tests/fisher.ts";
import { holm } from "../../../src/stats/tests/holm.ts";
import { mannWhitney } from "../../../src/stats/tests/mann-whitney.ts";
import { twoSidedNormal } from "../../../src/stats/tests/normal.ts";
import { tailTest } from "../../../src/stats/tests/tail.ts";

/** How far a value is from the expected one, as a share of that. */
function errorOf(value: number, expected: number): number {
  return value === expected ? 0 : Math.abs(value / expected - 1);
}

const ROUNDING = 1e-9;

function valuesOf(values: readonly number[]) {
  const distribution = createDistribution();
  for (const value of values) distribution.add(value);
  return distribution.values(false);
}

test.each([
  [0, 1],
  [0.5, 0.6170750774519738],
  [1.96, 0.04999579029644087],
  [-2.8, 0.005110260660855864],
  [3, 0.0026997960632601866],
  [5, 5.733031437583866e-7],
  [10, 1.523970604832094e-23],
  [30, 9.813427854295816e-198],
])("two-sided normal beyond %d", (z, expected) => expect(errorOf(twoSidedNormal(z), expected)).toBeLessThan(ROUNDING));

const few = [320, 310, 305, 340, 400, 320, 315, 330, 290, 311];
const slower = [360, 355, 320, 410, 395, 361, 372, 350, 330, 405, 388];
const mostlyZero = [0, 0, 0, 0, 1, 1, 2, 0, 0, 0, 0, 0];
const withOutliers = [0, 0, 1, 0, 1, 0, 0, 0, 5, 9];
const many = Array.from({ length: 500 }, (_, index) => (index * 37) % 101);
const more = Array.from({ length: 700 }, (_, index) => ((index * 53) % 107) + 2);

test.each([
  ["few", few, slower, 0.8772727272727273, 0.0038300343550626567],
  ["ties", mostlyZero, withOutliers, 0.5916666666666667, 0.40049203641013675],
  ["many", many, more, 0.5555414285714285, 0.0010213937946589873],
])("Mann-Whitney U: %s", (_, a, b, superiority, p) => {
  const result = mannWhitney(valuesOf(a), valuesOf(b));
  expect(errorOf(result.superiority, superiority)).toBeLessThan(ROUNDING);
  expect(errorOf(result.p, p)).toBeLessThan(ROUNDING);
  const other = mannWhitney(valuesOf(b), valuesOf(a));
  expect(errorOf(other.superiority, 1 - superiority)).toBeLessThan(ROUNDING);
  expect(errorOf(other.p, p)).toBeLessThan(ROUNDING);
});

test("Mann-Whitney U of values that are all equal finds nothing", () => {
  expect(mannWhitney(valuesOf([7, 7, 7]), valuesOf([7, 7]))).toEqual({ superiority: 0.5, p: 1 });
});

test.each([
  [3, 10, 9, 10, 0.019766611097880443],
  [0, 20, 0, 30, 1],
  [1, 200, 14, 210, 0.0008406872346948303],
  [5, 5, 0, 5, 0.007936507936507938],
  [120, 5000, 180, 5000, 0.0005230002785682024],
  [30, 100_000, 90, 80_000, 1.5711029978238943e-11],
  [10, 10, 10, 10, 1],
  [0, 5000, 4000, 5000, 0],
])("Fisher's exact test: %d of %d and %d of %d", (hitsA, ofA, hitsB, ofB, expected) => {
  expect(errorOf(fisher({ hits: hitsA, of: ofA }, { hits: hitsB, of: ofB }), expected)).toBeLessThan(ROUNDING);
  expect(errorOf(fisher({ hits: hitsB, of: ofB }, { hits: hitsA, of: ofA }), expected)).toBeLessThan(ROUNDING);
});

test("Holm's correction", () => {
  // statsmodels.stats.multitest.multipletests([0.01, 0.04, 0.03, 0.005], method="holm")
  const corrected = holm([0.01, 0.04, 0.03, 0.005]);
  expect(corrected.map((p) => Number(p.toFixed(12)))).toEqual([0.03, 0.06, 0.06, 0.02]);
  expect(holm([])).toEqual([]);
});

test("the test of the tail counts what lies beyond the same value on both sides", () => {
  const a = valuesOf(Array.from({ length: 100 }, () => 10));
  const b = valuesOf(Array.from({ length: 100 }, (_, index) => (index < 8 ? 5000 : 10)));
  expect(tailTest(a, b, 0.95)).toMatchObject({ beyond: 10, a: { hits: 0, of: 100 }, b: { hits: 8, of: 100 } });
  expect(errorOf(tailTest(a, b, 0.95).p, fisher({ hits: 0, of: 100 }, { hits: 8, of: 100 }))).toBeLessThan(ROUNDING);
});

/** So many values of 5000, the others from 100 to 199. */
const withTimeouts = (timeouts: number) =>
  Array.from({ length: 1000 }, (_, index) => (index < timeouts ? 5000 : 100 + (index % 100)));

describe("values equal to the quantile", () => {
  test.each([
    [5, 100],
    [5, 300],
    [0, 120],
  ])("are in the tail if they are above the bulk: %d and %d timeouts of 1000", (before, after) => {
    const tail = tailTest(valuesOf(withTimeouts(before)), valuesOf(withTimeouts(after)), 0.95);
    expect([tail.a.hits, tail.b.hits]).toEqual([before, after]);
    expect(tail.p).toBeLessThan(1e-9);
  });

  test("are in the tail even if a few values are larger", () => {
    const tail = tailTest(valuesOf([...withTimeouts(5), 9000]), valuesOf([...withTimeouts(200), 9000]), 0.95);
    expect(tail).toMatchObject({ beyond: 5000, isInclusive: true, a: { hits: 6 }, b: { hits: 201 } });
  });

  test("are not in the tail if they are the bulk, or if the tail has its size without them", () => {
    expect(tailTest(valuesOf([7, 7, 7]), valuesOf([7, 7]), 0.95)).toMatchObject({ isInclusive: false, p: 1 });
    const even = valuesOf(Array.from({ length: 100 }, (_, index) => index));
    expect(tailTest(even, even, 0.95)).toMatchObject({ beyond: 94, isInclusive: false, a: { hits: 5 } });
  });
});
