import { expect, test } from "vitest";
import { artifactRules } from "../../../../src/dialects/a2a/rules/artifacts.ts";
import { findingsOf } from "../../../rules/support/found.ts";
import { fixtureNamed } from "../../../support/fixtures.ts";
import { artifactUpdate, task } from "../support/tasks.ts";

test("An artifact updated after its last chunk is found once", async () => {
  const findings = await findingsOf(artifactRules, fixtureNamed("rules/artifact-after-last-chunk.invalid.sse").bytes);
  expect(findings).toMatchObject([{ rule: "artifact-after-last-chunk", severity: "error", seen: "a1" }]);
  const more = { append: true };
  const updates = [
    artifactUpdate("Low", { lastChunk: true }),
    artifactUpdate(" tide", more),
    artifactUpdate(".", more),
  ];
  expect(await findingsOf(artifactRules, updates.join(""))).toHaveLength(1);
});

test("A text replaced by another one is found, with both lengths", async () => {
  const findings = await findingsOf(artifactRules, fixtureNamed("rules/artifact-replaced.invalid.sse").bytes);
  expect(findings).toMatchObject([
    { rule: "artifact-replaced", severity: "warning", message: "8 characters replace 9 of the artifact a1" },
  ]);
});

test.each([
  ["goes on", ["Low", "Low tide", "Low tide at nine."].map((text) => artifactUpdate(text))],
  ["has no id", ["Low", " tide"].map((text) => artifactUpdate(text, { artifactId: undefined }))],
  ["belongs to another task", [artifactUpdate("Low", { lastChunk: true }), artifactUpdate("High", { taskId: "t2" })]],
  ["comes with the whole task", [artifactUpdate("Low", { lastChunk: true }), task("completed", "Low")]],
  ["is another artifact", [artifactUpdate("Low", { lastChunk: true }), artifactUpdate("High", { artifactId: "a2" })]],
])("A text that %s causes no finding", async (_, updates) => {
  expect(await findingsOf(artifactRules, updates.join(""))).toEqual([]);
});
