import { expect, test } from "vitest";
import { mainFindingOf } from "../../src/check/main-finding.ts";
import { checkedOf, findingOf } from "../reporters/support/checked.ts";

const info = findingOf({ severity: "info", rule: "unknown-field" });
const warning = findingOf({ severity: "warning", rule: "bom" });
const error = findingOf();

test("of a stream that passes it is the worst finding, if there is one", () => {
  expect(mainFindingOf(checkedOf(), "error")).toBeNull();
  expect(mainFindingOf(checkedOf([info, warning]), "error")).toBe(warning);
});

test("of one that fails it is a finding that fails it, and no other", () => {
  expect(mainFindingOf(checkedOf([info, warning, error], { checkCode: 1 }), "error")).toBe(error);
  expect(mainFindingOf(checkedOf([info, warning], { checkCode: 1 }), "warning")).toBe(warning);
  expect(mainFindingOf(checkedOf([info, warning], { checkCode: 130 }), "error")).toBeNull();
});
