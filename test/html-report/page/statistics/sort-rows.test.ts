import { expect, test } from "vitest";
import { sortRows } from "../../../../src/html-report/page/statistics/sort-rows.ts";

const itself = (value: number | string | null): number | string | null => value;

test("unknown values come last in both directions, and equal ones keep their order", () => {
  expect(sortRows([3, null, 1, 2], itself, false)).toEqual([1, 2, 3, null]);
  expect(sortRows([3, null, 1, 2], itself, true)).toEqual([3, 2, 1, null]);
  const rows = [
    { name: "a", count: 1 },
    { name: "b", count: 1 },
  ];
  expect(sortRows(rows, ({ count }) => count, true)).toEqual(rows);
});

test("names are sorted by the numbers in them", () => {
  expect(sortRows(["m-10", "m-2", "M-1"], itself, false)).toEqual(["M-1", "m-2", "m-10"]);
});
