import { expect, test } from "vitest";
import { reasonOf } from "../../src/reporters/reason.ts";
import { checkedOf, findingOf, unreadable } from "./support/checked.ts";

const warning = findingOf({ severity: "warning", rule: "bom", message: "a byte order mark" });

test("a passing stream has no reason", () => {
  expect(reasonOf(checkedOf([warning]), "error")).toBeNull();
});

test("the reason is the verdict's finding, whatever its severity", () => {
  const refusal = findingOf({ severity: "warning", rule: "refusal", message: "the model refuses" });
  const findings = [findingOf(), refusal];
  expect(reasonOf(checkedOf(findings, { verdict: "refused" }), "error")).toMatchObject({ title: "refusal" });
  expect(reasonOf(checkedOf(findings, { checkCode: 1 }), "error")).toMatchObject({ title: "sequence-gap" });
});

test("otherwise the reason is the worst finding that fails the stream", () => {
  const findings = [warning, findingOf()];
  expect(reasonOf(checkedOf(findings, { checkCode: 1 }), "warning")).toMatchObject({ title: "sequence-gap" });
  expect(reasonOf(checkedOf([warning], { checkCode: 1 }), "warning")).toEqual({
    title: "bom",
    message: "a byte order mark",
    finding: warning,
  });
  expect(reasonOf(unreadable("gone.sse"), "error")).toMatchObject({ title: "unreadable-source" });
});

test("otherwise the reason is how the stream ended", () => {
  expect(reasonOf(checkedOf([warning], { verdict: "incomplete" }), "error")).toEqual({
    title: "incomplete",
    message: "incomplete, exit 4",
    finding: null,
  });
});
