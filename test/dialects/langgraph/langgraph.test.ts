// Cases that the fixtures of langgraph do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { reportOf } from "../../support/read-report.ts";

function event(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

const METADATA = event("metadata", { run_id: "run-1", attempt: 1 });

function chunk(content: unknown, more: object = {}): object {
  return { content, type: "AIMessageChunk", id: "msg-1", ...more };
}

function tuple(content: unknown, more: object = {}): string {
  return event("messages", [chunk(content, more), { langgraph_node: "agent" }]);
}

test.each([
  ["finish_reason", "stop", "completed"],
  ["finish_reason", "STOP", "completed"],
  ["stop_reason", "end_turn", "completed"],
  ["done_reason", "stop", "completed"],
  ["finish_reason", "length", "incomplete"],
  ["stop_reason", "max_tokens", "incomplete"],
  ["stop_reason", "refusal", "refused"],
  ["finish_reason", "unheard-of", "incomplete"],
  ["finish_reason", "tool_calls", "truncated"],
  ["stop_reason", "tool_use", "truncated"],
])("A last message with the %s %s is %s", async (key, reason, verdict) => {
  const report = await reportOf(METADATA + tuple("Ebb.") + tuple("", { response_metadata: { [key]: reason } }));
  expect(report.responses).toMatchObject([{ id: "run-1", verdict, text: "Ebb." }]);
});

test("The chunk marked as the last one ends the message if the model gives no reason", async () => {
  const report = await reportOf(METADATA + tuple("Ebb.") + tuple("", { chunk_position: "last" }));
  expect(report).toMatchObject({ verdict: "completed", findings: [] });
});

test("Messages of subgraphs are read, and texts in a second mode are not", async () => {
  const answer = event("messages|agent:1ef6", [chunk("Ebb."), {}]);
  const state = event("values", { messages: [{ type: "ai", id: "msg-1", content: "Ebb." }] });
  const events = event("events", {
    event: "on_chat_model_stream",
    run_id: "a",
    parent_ids: ["b"],
    data: { chunk: chunk("Ebb.") },
  });
  const report = await reportOf(METADATA + answer + events + state);
  expect(report).toMatchObject({ verdict: "completed", responses: [{ text: "Ebb." }] });
});

test("Another message after the end is another response", async () => {
  const last = { response_metadata: { finish_reason: "stop" } };
  const { responses } = await reportOf(METADATA + tuple("Ebb.", last) + tuple("Flow.", { id: "msg-2", ...last }));
  expect(responses).toMatchObject([{ text: "Ebb." }, { text: "Flow." }]);
});

test("LangServe's logs and messages are read", async () => {
  const log = event("data", { ops: [{ op: "add", path: "/streamed_output/-", value: "Ebb." }] });
  expect((await reportOf(log + event("end", ""))).responses).toMatchObject([{ verdict: "completed", text: "Ebb." }]);
  const message = event("data", chunk("Ebb.", { response_metadata: { finish_reason: "stop" } }));
  expect((await reportOf(message)).responses).toMatchObject([{ verdict: "completed", text: "Ebb." }]);
  const failed = await reportOf(message + event("error", { status_code: 500, message: "Internal Server Error" }));
  expect(failed.responses).toMatchObject([{ error: { code: "500", message: "Internal Server Error" } }]);
});

test.each([
  ["metadata", { run_id: "a" }],
  ["messages", [chunk("a"), {}]],
  ["messages/partial", [{ type: "ai", content: "a" }]],
  ["data", chunk("a")],
  ["message", { event: "on_chat_model_stream", run_id: "a", data: {} }],
])("No other dialect claims the first event %s", (name, value) => {
  expect(claimantsOf({ event: name, data: JSON.stringify(value) })).toEqual(["langgraph"]);
});

test.each([
  ["metadata", { chatId: "a" }],
  ["messages", [{ text: "a" }]],
  ["data", "a"],
  ["values", { messages: [] }],
])("No dialect claims an event of other protocols: %s %j", (name, value) => {
  expect(claimantsOf({ event: name, data: JSON.stringify(value) })).toEqual([]);
});
