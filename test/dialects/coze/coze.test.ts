// Cases that the fixtures of coze do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";
import { data } from "../../support/stream.ts";

function stream(...payloads: readonly object[]): string {
  return payloads.map((payload) => data(JSON.stringify(payload))).join("");
}

function event(name: string, value: object): string {
  return `event:${name}\n${data(JSON.stringify(value))}`;
}

const CREATED = event("conversation.chat.created", { id: "chat-1", conversation_id: "conv-1", status: "created" });
const MESSAGE = { id: "msg-1", chat_id: "chat-1", conversation_id: "conv-1", type: "answer", content: "Ebb." };

test.each([
  ["completed", "completed"],
  ["requires_action", "completed"],
  ["canceled", "incomplete"],
  ["failed", "failed"],
])("A chat that is %s is %s", async (status, verdict) => {
  const end = event(`conversation.chat.${status}`, { id: "chat-1", conversation_id: "conv-1", status });
  const { responses } = await reportOf(CREATED + event("conversation.message.delta", MESSAGE) + end);
  expect(responses).toMatchObject([{ id: "chat-1", verdict, status, text: "Ebb." }]);
});

test("A text without deltas is read, and `done` ends nothing", async () => {
  const report = await reportOf(
    `${CREATED + event("conversation.message.completed", MESSAGE)}event:done\ndata:[DONE]\n\n`,
  );
  expect(report).toMatchObject({ verdict: "truncated", responses: [{ text: "Ebb." }] });
});

test("A workflow that waits for an answer is completed", async () => {
  const message = event("Message", { content: "Ebb?", node_title: "a", node_seq_id: "0" });
  const report = await reportOf(message + event("Interrupt", { interrupt_data: {} }));
  expect(report).toMatchObject({ dialect: "coze", verdict: "completed", responses: [{ text: "Ebb?" }] });
});

test.each([
  ["conversation.chat.created", { id: "a", conversation_id: "b" }],
  ["conversation.message.delta", MESSAGE],
  ["Message", { content: "a", node_title: "b" }],
  ["Error", { error_code: 4000, error_message: "no" }],
  ["Interrupt", { interrupt_data: { event_id: "a", type: 2 }, node_title: "b" }],
])("No other dialect claims the first event %s", (name, value) => {
  expect(claimantsOf({ event: name, data: JSON.stringify(value) })).toEqual(["coze"]);
});

test("No dialect claims events without a conversation or a node", () => {
  expect(claimantsOf(unnamed(MESSAGE))).toEqual([]);
  expect(claimantsOf({ event: "Message", data: '{"content":"a"}' })).toEqual([]);
  expect(claimantsOf({ event: "Error", data: '{"message":"a"}' })).toEqual([]);
  expect(stream()).toBe("");
});
