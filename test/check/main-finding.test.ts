import { expect, test } from "vitest";
import { mainFindingOf } from "../../src/check/main-finding.ts";
import { checkedOf, findingOf } from "../reporters/support/checked.ts";

const info = findingOf({ severity: "info", rule: "unknown-field" });
const warning = findingOf({ severity: "warning", rule: "bom" });
const error = findingOf();

test("the main finding of a passing stream is its worst one, if any", () => {
  expect(mainFindingOf(checkedOf(), "error")).toBeNull();
  expect(mainFindingOf(checkedOf([info, warning]), "error")).toBe(warning);
});

test("the main finding of a failing stream is one that fails it", () => {
  expect(mainFindingOf(checkedOf([info, warning, error], { checkCode: 1 }), "error")).toBe(error);
  expect(mainFindingOf(checkedOf([info, warning], { checkCode: 1 }), "warning")).toBe(warning);
  expect(mainFindingOf(checkedOf([info, warning], { checkCode: 130 }), "error")).toBeNull();
});
