import { expect, test } from "vitest";
import { placeOf, rangeOf, WIDTH } from "../../../../src/html-report/page/statistics/scale.ts";

const decades = { from: 1, to: 1000, counts: [5, 0, 2] };

test("values are placed on a logarithmic scale, outer ones at its ends", () => {
  expect([0, 1, 1000, 1e6].map((value) => placeOf(decades, value))).toEqual([0, 0, WIDTH, WIDTH]);
  expect(placeOf(decades, 10)).toBeCloseTo(WIDTH / 3);
});

test("the outer bars are open, because outliers are in them", () => {
  expect([0, 1, 2].map((index) => rangeOf(decades, index, "ms"))).toEqual([
    "up to 10 ms",
    "10 ms to 100 ms",
    "from 100 ms",
  ]);
});
