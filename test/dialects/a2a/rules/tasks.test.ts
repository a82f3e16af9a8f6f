import { expect, test } from "vitest";
import { taskRules } from "../../../../src/dialects/a2a/rules/tasks.ts";
import { findingsOf } from "../../../rules/support/found.ts";
import { fixtureNamed } from "../../../support/fixtures.ts";
import { artifactUpdate, statusUpdate, task } from "../support/tasks.ts";

test("An artifact after the final state is found", async () => {
  const findings = await findingsOf(taskRules, fixtureNamed("rules/task-update-after-final.invalid.sse").bytes);
  expect(findings).toMatchObject([{ rule: "task-update-after-final", severity: "error", seen: "artifact-update" }]);
});

test("Another state after the final one is found once", async () => {
  const states = ["completed", "working", "failed"].map((state) => statusUpdate(state));
  const findings = await findingsOf(taskRules, states.join(""));
  expect(findings).toMatchObject([{ message: "working arrives after the final state completed" }]);
});

test.each([
  ["the same state again", [statusUpdate("completed"), statusUpdate("completed")]],
  ["the whole task", [statusUpdate("completed"), task("completed", "Low")]],
  ["work after a question", [statusUpdate("input-required"), statusUpdate("working"), artifactUpdate("Low")]],
  ["a response to another request", [statusUpdate("completed"), statusUpdate("working", { request: 2 })]],
  ["another task", [statusUpdate("completed"), statusUpdate("working", { taskId: "t2" })]],
])("%s causes no finding", async (_, updates) => {
  expect(await findingsOf(taskRules, updates.join(""))).toEqual([]);
});
