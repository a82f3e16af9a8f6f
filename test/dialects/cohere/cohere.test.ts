import { expect, test } from "vitest";
import { cohere } from "../../../src/dialects/cohere/cohere.ts";
import { data } from "../../support/stream.ts";
import { reportOf } from "../../support/read-report.ts";
import { claimantsOf } from "../../support/claims.ts";
import { type NamedData, unnamed } from "../../support/named-data.ts";
import { factsOf } from "../../support/read-with.ts";

function stream(...payloads: readonly object[]): string {
  return payloads.map((payload) => data(JSON.stringify(payload))).join("");
}

const START = { type: "message-start", id: "m" };

function end(finish_reason: unknown, more: object = {}): object {
  return { type: "message-end", delta: { finish_reason, ...more } };
}

test.each([
  ["COMPLETE", "completed"],
  ["STOP_SEQUENCE", "completed"],
  ["TOOL_CALL", "completed"],
  ["ERROR_TOXIC", "refused"],
  ["ERROR", "failed"],
  ["MAX_TOKENS", "incomplete"],
  ["ERROR_LIMIT", "incomplete"],
  ["USER_CANCEL", "incomplete"],
  ["TIMEOUT", "incomplete"],
  ["EBB", "incomplete"],
  [null, "incomplete"],
])("The finish reason %s is %s", async (reason, verdict) => {
  const { responses } = await reportOf(stream(START, end(reason)));
  expect(responses).toMatchObject([
    { id: "m", verdict, status: reason, reason: verdict === "completed" ? null : reason },
  ]);
});

test("Counts that are not reported are null, and billed units do not replace them", async () => {
  const usage = { billed_units: { input_tokens: 4, output_tokens: 2 }, cached_tokens: 0 };
  const { responses } = await reportOf(stream(START, end("COMPLETE", { usage })));
  expect(responses[0]?.usage).toEqual({
    inputTokens: null,
    cachedInputTokens: 0,
    outputTokens: null,
    reasoningTokens: null,
    totalTokens: null,
    raw: usage,
  });
  expect((await reportOf(stream(START, end("COMPLETE")))).responses[0]?.usage).toBe(null);
});

test("A capture that starts mid-message is resumed, and read", async () => {
  const delta = { type: "content-delta", index: 1, delta: { message: { content: { thinking: "so" } } } };
  const { responses } = await reportOf(stream(delta, { type: "content-end", index: 1 }, end("COMPLETE")));
  expect(responses).toMatchObject([{ resumed: true, reasoning: "so", items: [{ type: "reasoning" }] }]);
});

test.each<NamedData>([
  { event: "message-start", data: '{"id":"a","type":"message-start","delta":{"message":{}}}' },
  { event: "message-start", data: '{"id":"a","type":"message-st' },
  unnamed({ type: "content-delta", index: 0, delta: { message: { content: { text: "a" } } } }),
  unnamed({ type: "tool-call-start", index: 0, delta: { message: { tool_calls: {} } } }),
])("No other dialect claims the event %j", (event) => {
  expect(claimantsOf(event)).toEqual(["cohere"]);
});

test("The type can be only in the name of the event", () => {
  const facts = factsOf(cohere, [{ event: "message-start", data: '{"id":"m"}' }]);
  expect(facts).toMatchObject([{ type: "response-start", id: "m" }]);
});

test("A requested prompt has no facts", () => {
  expect(factsOf(cohere, [unnamed({ type: "debug", prompt: "a" })])).toEqual([]);
});
