import { expect, test } from "vitest";
import { endingRules } from "../../../../src/dialects/bedrock/rules/ending.ts";
import { findingsOf } from "../../../rules/support/found.ts";
import { fixtureNamed } from "../../../support/fixtures.ts";

const start = { messageStart: { role: "assistant" } };
const delta = { contentBlockDelta: { contentBlockIndex: 0, delta: { text: "Low" } } };
const stop = { messageStop: { stopReason: "end_turn" } };

function streamOf(...events: readonly object[]): string {
  return events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("");
}

test("A second stop reason is found, with both values", async () => {
  const findings = await findingsOf(endingRules, fixtureNamed("rules/message-stop-changed.invalid.sse").bytes);
  expect(findings).toMatchObject([
    { rule: "message-stop-changed", severity: "error", expected: "tool_use", seen: "end_turn" },
  ]);
});

test("Content after the end is found once", async () => {
  const findings = await findingsOf(endingRules, fixtureNamed("rules/content-after-message-stop.invalid.sse").bytes);
  expect(findings).toMatchObject([
    { rule: "content-after-message-stop", message: "contentBlockDelta follows messageStop" },
  ]);
});

test.each([
  ["of another message", [start, delta, stop, start, delta, stop]],
  ["of a stream that never starts a message", [delta, stop, delta, stop]],
  ["after an error", [start, stop, { throttlingException: { message: "Too many" } }, delta]],
])("Content %s causes no finding", async (_, events) => {
  expect(await findingsOf(endingRules, streamOf(...events))).toEqual([]);
});
