// Cases that the fixtures of a2a do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";
import { data } from "../../support/stream.ts";

function stream(...results: readonly object[]): string {
  return results.map((result) => data(JSON.stringify({ jsonrpc: "2.0", id: 1, result }))).join("");
}

const TASK = { kind: "task", id: "task_1", contextId: "c", status: { state: "submitted" } };
const ARTIFACT = {
  kind: "artifact-update",
  taskId: "task_1",
  artifact: { artifactId: "a", parts: [{ kind: "text", text: "Ebb." }] },
};

function status(state: string, text?: string): object {
  const message = text === undefined ? {} : { message: { role: "agent", parts: [{ kind: "text", text }] } };
  return { kind: "status-update", taskId: "task_1", status: { state, ...message }, final: true };
}

test.each([
  ["completed", "completed"],
  ["input-required", "completed"],
  ["auth-required", "incomplete"],
  ["canceled", "incomplete"],
  ["rejected", "refused"],
  ["failed", "failed"],
  ["working", "truncated"],
])("The state %s is %s", async (state, verdict) => {
  const { responses } = await reportOf(stream(TASK, ARTIFACT, status(state)));
  expect(responses).toMatchObject([{ id: "task_1", verdict, status: state, text: "Ebb." }]);
});

test("Without an artifact, the last message is the text", async () => {
  const { responses } = await reportOf(stream(TASK, status("working", "hm"), status("completed", "Ebb.")));
  expect(responses).toMatchObject([{ verdict: "completed", text: "Ebb." }]);
  const both = await reportOf(stream(TASK, ARTIFACT, status("completed", "Done.")));
  expect(both.responses).toMatchObject([{ text: "Ebb." }]);
});

test("A message alone is a response", async () => {
  const message = { kind: "message", role: "agent", messageId: "m", parts: [{ kind: "text", text: "Ebb." }] };
  expect(await reportOf(stream(message))).toMatchObject({
    dialect: "a2a",
    verdict: "completed",
    responses: [{ text: "Ebb." }],
  });
});

test("Version 1.0 has each result under its name, with other words", async () => {
  const { artifact } = ARTIFACT;
  const input = stream(
    { task: { id: "task_1", status: { state: "TASK_STATE_SUBMITTED" } } },
    { artifactUpdate: { taskId: "task_1", artifact } },
    { statusUpdate: { taskId: "task_1", status: { state: "TASK_STATE_COMPLETED" } } },
  );
  expect(await reportOf(input)).toMatchObject({ dialect: "a2a", verdict: "completed", responses: [{ text: "Ebb." }] });
});

test("A JSON-RPC error fails the response", async () => {
  const error = data(JSON.stringify({ jsonrpc: "2.0", id: 1, error: { code: -32603, message: "slow down" } }));
  expect(await reportOf(stream(TASK) + error)).toMatchObject({ verdict: "failed" });
});

test("No other dialect claims the first event, and a2a claims no results of MCP", () => {
  for (const result of [TASK, ARTIFACT, status("working")]) {
    expect(claimantsOf(unnamed({ jsonrpc: "2.0", id: 1, result }))).toEqual(["a2a"]);
  }
  const tool = { content: [{ type: "text", text: "Ebb." }] };
  expect(claimantsOf(unnamed({ jsonrpc: "2.0", id: 1, result: tool }))).toEqual(["mcp"]);
});
