import { expect, test } from "vitest";
import { chunkRules } from "../../../../src/dialects/ag-ui/rules/chunks.ts";
import { findingsOf } from "../../../rules/support/found.ts";
import { fixtureNamed } from "../../../support/fixtures.ts";

function streamOf(...events: readonly object[]): string {
  const start = { type: "RUN_STARTED", threadId: "thread", runId: "run" };
  return [start, ...events].map((event) => `data: ${JSON.stringify(event)}\n\n`).join("");
}

const text = (id?: string) => ({ type: "TEXT_MESSAGE_CHUNK", messageId: id, delta: "text" });
const call = (id?: string, toolCallName?: string) => ({
  type: "TOOL_CALL_CHUNK",
  toolCallId: id,
  toolCallName,
  delta: "{}",
});

test("A chunk of a started message is found", async () => {
  const findings = await findingsOf(chunkRules, fixtureNamed("rules/chunk-order.invalid.sse").bytes);
  expect(findings).toMatchObject([{ rule: "chunk-order", severity: "error", event: 2 }]);
});

test.each([
  ["has no messageId", [text()], "messageId"],
  ["has no toolCallId", [call()], "toolCallId"],
  ["has no toolCallName", [call("one")], "toolCallName"],
  ["follows another event without an id", [text("one"), { type: "STATE_SNAPSHOT", snapshot: {} }, text()], "messageId"],
])("A first chunk that %s is found", async (_, events, expected) => {
  expect(await findingsOf(chunkRules, streamOf(...events))).toMatchObject([{ expected, seen: null }]);
});

test.each([
  ["of one part after another", [text("one"), text(), call("two", "tool"), call(), text("three")]],
  ["around an unrelated event", [text("one"), { type: "RAW", event: {} }, text()]],
  ["of a subagent", [{ ...text(), subagentRunId: "sub" }]],
  ["of another run", [{ type: "TEXT_MESSAGE_START", messageId: "one" }, { type: "RUN_STARTED" }, text("one")]],
])("Chunks %s cause no finding", async (_, events) => {
  expect(await findingsOf(chunkRules, streamOf(...events))).toEqual([]);
});
