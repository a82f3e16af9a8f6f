import { expect, test } from "vitest";
import { groupFindings } from "../../../src/html-report/page/finding-cards.ts";
import { findingOf } from "../../reporters/support/checked.ts";

test("findings about no event stay separate, unless their messages are equal", () => {
  const found = ["x", "y", "x"].map((message) => findingOf({ rule: "a", event: null, message }));
  expect(groupFindings(found).map(({ first, all }) => [first.message, all.length])).toEqual([
    ["x", 2],
    ["y", 1],
  ]);
});

test("the worst findings come first, grouped by rule", () => {
  const cards = groupFindings([
    findingOf({ rule: "a", severity: "info", event: 1 }),
    findingOf({ rule: "b", severity: "warning", event: 2 }),
    findingOf({ rule: "c", severity: "error", event: 3 }),
    findingOf({ rule: "b", severity: "warning", event: 4 }),
    findingOf({ rule: "b", severity: "error", event: 5 }),
  ]);
  expect(cards.map(({ first, all }) => [first.rule, all.map(({ event }) => event)])).toEqual([
    ["c", [3]],
    ["b", [5]],
    ["b", [2, 4]],
    ["a", [1]],
  ]);
});
