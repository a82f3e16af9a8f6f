import { describe, expect, test } from "vitest";
import { data } from "../../support/stream.ts";
import { claimantsOf } from "../../support/claims.ts";
import { type NamedData, unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";

function chunks(...payloads: readonly object[]): string {
  return payloads.map((payload) => data(JSON.stringify(payload))).join("") + data("[DONE]");
}

const START = { type: "start", messageId: "msg-1" };

test.each<NamedData>([
  unnamed(START),
  unnamed({ type: "start-step" }),
  unnamed({ type: "text-delta", id: "0", delta: "a" }),
  unnamed({ type: "data-weather", data: { status: "fair" } }),
  unnamed({ type: "error", errorText: "An error occurred." }),
])("No other dialect claims the event %j", (event) => {
  expect(claimantsOf(event)).toEqual(["ai-sdk"]);
});

test.each([
  ["stop", "completed"],
  ["tool-calls", "completed"],
  ["unknown", "completed"],
  [undefined, "completed"],
  ["length", "incomplete"],
  ["content-filter", "incomplete"],
  ["other", "incomplete"],
  ["error", "failed"],
])("The finish reason %s is %s", async (finishReason, verdict) => {
  const { responses } = await reportOf(chunks(START, { type: "finish", finishReason }));
  expect(responses).toMatchObject([{ id: "msg-1", verdict }]);
});

describe("A call", () => {
  const input = { type: "tool-input-available", toolCallId: "c", toolName: "f", input: { a: 1 } };

  test("has the streamed input as it was written", async () => {
    const begun = { type: "tool-input-start", toolCallId: "c", toolName: "f" };
    const delta = { type: "tool-input-delta", toolCallId: "c", inputTextDelta: '{ "a": 1 }' };
    const { responses, findings } = await reportOf(chunks(START, begun, delta, input, { type: "finish" }));
    expect(responses[0]?.items).toMatchObject([{ type: "function_call", arguments: '{ "a": 1 }', callId: "c" }]);
    expect(findings).toEqual([]);
  });

  test.each<[unknown, string]>([
    ["calm", "calm"],
    [{ wind: 4 }, '{"wind":4}'],
    [0, "0"],
    [null, "null"],
  ])("has the output %j as text", async (output, text) => {
    const answer = { type: "tool-output-available", toolCallId: "c", output };
    const { responses } = await reportOf(chunks(START, input, answer, { type: "finish" }));
    expect(responses[0]?.items).toMatchObject([{ arguments: '{"a":1}', output: text, status: "output-available" }]);
  });

  test("with two outputs is two items, the second without a name", async () => {
    const answer = { type: "tool-output-available", toolCallId: "c", output: "x" };
    const { responses } = await reportOf(chunks(START, input, answer, answer, { type: "finish" }));
    expect(responses[0]?.items.map(({ name, callId }) => [name, callId])).toEqual([
      ["f", "c"],
      [undefined, "c"],
    ]);
  });
});

test("A text that is open at the end of the message is found", async () => {
  const text = [
    { type: "text-start", id: "0" },
    { type: "text-delta", id: "0", delta: "a" },
  ];
  const { findings } = await reportOf(chunks(START, ...text, { type: "finish" }));
  expect(findings.map(({ rule }) => rule)).toEqual(["delta-without-done"]);
  const aborted = await reportOf(chunks(START, ...text, { type: "abort" }));
  expect(aborted).toMatchObject({ verdict: "incomplete", findings: [{ rule: "incomplete" }] });
});

test("Two messages of one stream are two responses, whether the first has ended or not", async () => {
  const second = { type: "start", messageId: "msg-2" };
  const { responses } = await reportOf(chunks(START, { type: "finish" }, second, { type: "finish" }));
  expect(responses.map(({ id, verdict }) => [id, verdict])).toEqual([
    ["msg-1", "completed"],
    ["msg-2", "completed"],
  ]);
  expect((await reportOf(chunks(START, second, { type: "finish" }))).responses).toMatchObject([
    { verdict: "truncated" },
    { verdict: "completed" },
  ]);
});

test("A second start without an id continues the message, as in clients", async () => {
  const text = [
    { type: "text-start", id: "0" },
    { type: "text-delta", id: "0", delta: "a" },
    { type: "text-end", id: "0" },
  ];
  const again = { type: "start", messageMetadata: { model: "m" } };
  const { responses, findings } = await reportOf(chunks(START, ...text, again, ...text, { type: "finish" }));
  expect(responses).toMatchObject([{ id: "msg-1", model: "m", text: "aa" }]);
  expect(findings).toEqual([]);
});

/** A step that has not ended, with an open text. */
function said(id: string): object[] {
  return [{ type: "start-step" }, { type: "text-start", id }, { type: "text-delta", id, delta: id }];
}

test.each([
  ["text-start", false],
  ["data-status", false],
  ["error", false],
  ["text-delta", true],
  ["reasoning-end", true],
])("A message that begins with %s is resumed: %s", async (type, resumed) => {
  const { responses } = await reportOf(
    chunks({ type, id: "0", delta: "a", data: 1, errorText: "no" }, { type: "finish" }),
  );
  expect(responses).toMatchObject([{ resumed, id: null }]);
});

test("A message named by a late start has its id, and a resumed message differs from the next one", async () => {
  const late = await reportOf(chunks({ type: "data-status", data: 1 }, START, { type: "finish" }));
  expect(late.responses).toMatchObject([{ id: "msg-1", resumed: false, verdict: "completed" }]);
  const next = await reportOf(chunks({ type: "text-end", id: "0" }, START, { type: "finish" }));
  expect(next.responses).toMatchObject([{ id: null, verdict: "truncated" }, { id: "msg-1" }]);
});

test("A retried step withdraws its own output, and nothing before it", async () => {
  const reset = { type: "reset-step" };
  const steps = [...said("a"), { type: "text-end", id: "a" }, ...said("b"), reset, ...said("c"), reset, ...said("d")];
  const { responses } = await reportOf(chunks(START, ...steps, { type: "text-end", id: "d" }, { type: "finish" }));
  expect(responses[0]?.text).toBe("ad");
  expect(responses[0]?.items.map(({ text, dropped }) => [text, dropped])).toEqual([
    ["a", undefined],
    ["b", true],
    ["c", true],
    ["d", undefined],
  ]);
});

test.each([
  [{ usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 } }, [1, 2, 3]],
  [{ totalUsage: { inputTokens: 1 }, usage: { inputTokens: 9 } }, [1, null, null]],
  [{ usage: { inputTokens: 1, outputTokens: 2, totalTokens: 9 } }, [1, 2, null]],
  [{ usage: { promptTokens: 1 } }, null],
  [{ usage: { inputTokens: -1 } }, null],
  [{ usage: "much" }, null],
  ["berth 4", null],
])("The metadata %j give the usage %j", async (messageMetadata, counts) => {
  const { responses } = await reportOf(chunks(START, { type: "finish", messageMetadata }));
  const usage = responses[0]?.usage ?? null;
  expect(usage === null ? null : [usage.inputTokens, usage.outputTokens, usage.totalTokens]).toEqual(counts);
});
