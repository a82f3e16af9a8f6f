import { expect, test } from "vitest";
import { knownGroups } from "../../../../src/html-report/page/statistics/known-groups.ts";
import { createCollection } from "../../../../src/stats/collect.ts";
import { statisticsOf } from "../../../../src/stats/summarize.ts";

const { all } = statisticsOf(createCollection([]), { interrupted: false, unreadable: 0 });
const groupsOf = (...counts: readonly number[]) => counts.map((count) => Object.assign({ ...all }, { count }));
const isKnown = ({ count }: { readonly count: number }): boolean => count > 0;

test("a few groups without values come last, many are counted", () => {
  const few = knownGroups(groupsOf(0, 2, 0, 1), isKnown, "not measured");
  expect([few.rows.map(({ count }) => count), few.note]).toEqual([[2, 1, 0, 0], null]);
  const many = knownGroups(groupsOf(0, 2, 0, 0, 0), isKnown, "not measured");
  expect([many.rows.map(({ count }) => count), many.note]).toEqual([[2], "not measured: 4 of 5 groups"]);
});
