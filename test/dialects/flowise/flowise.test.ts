// Cases that the fixtures of flowise do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";
import { data } from "../../support/stream.ts";

function stream(...payloads: readonly object[]): string {
  return payloads.map((payload) => data(JSON.stringify(payload))).join("");
}

const TOKEN = { event: "token", data: "Ebb." };
const END = { event: "end", data: "[DONE]" };

test("Each call is read once, although its call and its use are two events", async () => {
  const called = { event: "calledTools", data: [{ name: "get_tide", args: { at: 1 }, id: "call_1" }] };
  const used = { event: "usedTools", data: [{ tool: "get_tide", toolInput: { at: 1 }, toolOutput: "6" }] };
  const { responses } = await reportOf(stream(called, used, TOKEN, END));
  expect(responses).toMatchObject([{ items: [{ name: "get_tide", callId: "call_1" }, { type: "message" }] }]);
});

test("The id of the message comes with the metadata", async () => {
  const metadata = { event: "metadata", data: { chatId: "chat-1", chatMessageId: "msg-1" } };
  expect((await reportOf(stream(TOKEN, metadata, END))).responses).toMatchObject([
    { id: "msg-1", verdict: "completed" },
  ]);
});

test("Two predictions are two responses", async () => {
  const report = await reportOf(stream(TOKEN, END, TOKEN, END));
  expect(report).toMatchObject({ responses: [{ text: "Ebb." }, { text: "Ebb." }], findings: [] });
});

test.each([
  TOKEN,
  END,
  { event: "start", data: "" },
  { event: "agentFlowEvent", data: "INPROGRESS" },
  { event: "metadata", data: { chatId: "a" } },
])("No other dialect claims the first event %j", (event) => {
  expect(claimantsOf(unnamed(event))).toEqual(["flowise"]);
});

test.each([
  { event: "error", data: "no" },
  { event: "token", data: { text: "Ebb." } },
  { event: "end", data: null },
  { event: "metadata", data: { run_id: "a" } },
  { event: "token", data: "Ebb.", message_id: "a" },
])("No dialect claims an event of other protocols: %j", (event) => {
  expect(claimantsOf(unnamed(event))).toEqual([]);
});
