import { describe, expect, test } from "vitest";
import { ollama } from "../../../src/dialects/ollama/ollama.ts";
import { data } from "../../support/stream.ts";
import { reportOf } from "../../support/read-report.ts";
import { claimantsOf } from "../../support/claims.ts";
import { type NamedData, unnamed } from "../../support/named-data.ts";
import { factsOf } from "../../support/read-with.ts";

const AT = "2026-03-09T07:15:02.5Z";
const BEFORE = "2026-03-09T07:15:02.4Z";
const AFTER = "2026-03-09T07:15:02.6Z";

function chunk(text: string, more: object = {}): object {
  return { model: "m", created_at: AT, message: { role: "assistant", content: text }, done: false, ...more };
}

function lines(...payloads: readonly object[]): string {
  return payloads.map((payload) => `${JSON.stringify(payload)}\n`).join("");
}

test.each<NamedData>([
  unnamed({ model: "a", created_at: AT, message: { content: "a" }, done: false }),
  unnamed({ model: "a", created_at: AT, response: "a", done: false }),
  unnamed({ model: "a", created_at: AT, response: "", done: true }),
])("No other dialect claims the event %j", (event) => {
  expect(claimantsOf(event)).toEqual(["ollama"]);
});

test.each([
  [{ done_reason: "stop" }, "completed"],
  [{ done_reason: "load" }, "completed"],
  [{ done_reason: "unload" }, "completed"],
  [{}, "completed"],
  [{ done_reason: "length" }, "incomplete"],
  [{ done_reason: "capsized" }, "incomplete"],
])("An end with %j is %s", async (reason, verdict) => {
  const { responses } = await reportOf(lines(chunk("a"), chunk("", { done: true, ...reason })));
  expect(responses).toMatchObject([{ model: "m", verdict, text: "a" }]);
});

test("Token counts and times are unchanged, and an uncounted prompt is null", async () => {
  const metrics = { prompt_eval_cached_count: 3, eval_count: 0, eval_duration: 12 };
  const { responses } = await reportOf(lines(chunk("", { done: true, ...metrics })));
  expect(responses[0]?.usage).toEqual({
    inputTokens: null,
    cachedInputTokens: 3,
    outputTokens: 0,
    reasoningTokens: null,
    totalTokens: null,
    raw: metrics,
  });
});

describe("After a response", () => {
  const whole = [chunk("one"), chunk("", { done: true })];

  test("a line with a later time begins another one", async () => {
    const later = [chunk("two", { created_at: AFTER }), chunk("", { created_at: AFTER, done: true })];
    const { responses } = await reportOf(lines(...whole, ...later));
    expect(responses).toMatchObject([{ text: "one" }, { text: "two", verdict: "completed", resumed: false }]);
  });

  test.each([AT, BEFORE])("a line of %s belongs to the same one", async (created_at) => {
    const { responses, findings } = await reportOf(lines(...whole, chunk(" late", { created_at })));
    expect(responses).toMatchObject([{ text: "one late", verdict: "completed" }]);
    expect(findings.map(({ rule }) => rule)).toContain("event-after-terminal");
  });

  test("a line without a time begins another one", () => {
    const facts = factsOf(ollama, [...whole, { done: false, response: "two" }].map(unnamed));
    expect(facts.filter(({ type }) => type === "response-start")).toHaveLength(2);
  });
});

test("Another output between two texts makes them two items", async () => {
  const call = {
    message: { role: "assistant", content: "", tool_calls: [{ function: { name: "f", arguments: {} } }] },
  };
  const { responses } = await reportOf(lines(chunk("a"), chunk("", call), chunk("b"), chunk("", { done: true })));
  expect(responses[0]?.items).toMatchObject([
    { type: "message", text: "a" },
    { type: "function_call", name: "f", arguments: "{}" },
    { type: "message", text: "b" },
  ]);
});

test("Arguments can be JSON text, as from some models, or missing", async () => {
  const calls = [{ function: { name: "f", arguments: '{"a":1}' } }, { function: { name: "g" } }, {}];
  const message = { role: "assistant", content: "", tool_calls: calls };
  const { responses } = await reportOf(lines(chunk("", { message }), chunk("", { done: true })));
  expect(responses[0]?.items.map(({ name, arguments: input }) => [name, input])).toEqual([
    ["f", '{"a":1}'],
    ["g", undefined],
    [undefined, undefined],
  ]);
});

test("Lines that a gateway wraps in events are read, too", async () => {
  const input = data(JSON.stringify(chunk("a"))) + data(JSON.stringify(chunk("", { done: true })));
  expect(await reportOf(input)).toMatchObject({ framing: "sse", dialect: "ollama", verdict: "completed" });
});
