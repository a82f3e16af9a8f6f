// Cases that the fixtures of Bedrock's ConverseStream do not cover: odd and hostile events, and those of other
// dialects.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { hostileValue } from "../../support/hostile.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";
import { tried } from "../../support/exhaustive.ts";

const start = { messageStart: { role: "assistant" } };
const usage = { inputTokens: 5, outputTokens: 3, totalTokens: 8 };
const metadata = { metadata: { usage, metrics: { latencyMs: 1 } } };

function delta(index: number, delta: object): object {
  return { contentBlockDelta: { contentBlockIndex: index, delta } };
}

function call(index: number, name: string): object {
  return { contentBlockStart: { contentBlockIndex: index, start: { toolUse: { toolUseId: `id_${name}`, name } } } };
}

function input(index: number, text: string): object {
  return delta(index, { toolUse: { input: text } });
}

function stop(stopReason: string): object {
  return { messageStop: { stopReason } };
}

function lines(...events: readonly object[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}

describe("An event is Bedrock's", () => {
  test.each<[string, object]>([
    ["messageStart", start],
    ["contentBlockStart", { contentBlockStart: { contentBlockIndex: 0, start: {} } }],
    ["contentBlockDelta", delta(0, { text: "a" })],
    ["contentBlockStop", { contentBlockStop: { contentBlockIndex: 0 } }],
    ["messageStop", stop("end_turn")],
    ["metadata", metadata],
    ["an exception", { throttlingException: { message: "slow down" } }],
  ])("if it is %s, and no other dialect claims it", (_, event) => {
    expect(claimantsOf(unnamed(event))).toEqual(["bedrock"]);
  });

  test.each<[string, string]>([
    ["has the name and not the field", '{"messageStart":{}}'],
    ["has a field of another type", '{"contentBlockDelta":{"contentBlockIndex":"0"}}'],
    ["has other metadata", '{"metadata":{"usage":{"input_tokens":3}}}'],
    ["has an exception without a message", '{"throttlingException":{}}'],
    ["has an exception that is text", '{"throttlingException":"slow down"}'],
    ["is not an object", '[{"messageStop":{"stopReason":"end_turn"}}]'],
  ])("but not if it %s", (_, json) => {
    expect(claimantsOf({ event: "message", data: json })).toEqual([]);
  });
});

describe("A message", () => {
  test.each([
    ["end_turn", "completed", 0],
    ["tool_use", "completed", 0],
    ["stop_sequence", "completed", 0],
    ["guardrail_intervened", "refused", 8],
    ["content_filtered", "incomplete", 4],
    ["max_tokens", "incomplete", 4],
    ["model_context_window_exceeded", "incomplete", 4],
    ["malformed_model_output", "incomplete", 4],
    ["something_new", "incomplete", 4],
  ])("that stops for the reason %s is %s", async (reason, verdict, exitCode) => {
    const report = await reportOf(lines(start, delta(0, { text: "a" }), stop(reason), metadata));
    const isCompleted = verdict === "completed";
    expect(report).toMatchObject({
      verdict,
      exitCode,
      responses: [{ status: reason, reason: isCompleted ? null : reason }],
    });
  });

  test("has the same usage before and after its stop", async () => {
    const before = await reportOf(lines(start, metadata, stop("end_turn")));
    const after = await reportOf(lines(start, stop("end_turn"), metadata));
    expect(before.responses[0]?.usage).toEqual(after.responses[0]?.usage);
    expect(after.responses[0]?.usage).toMatchObject({ inputTokens: 5, cachedInputTokens: null, totalTokens: 8 });
  });

  test("has failed after an exception or an error of a gateway", async () => {
    const exception = { serviceUnavailableException: { message: "later" } };
    expect((await reportOf(lines(start, exception))).responses).toMatchObject([
      { verdict: "failed", error: { type: "serviceUnavailableException", message: "later" } },
    ]);
    expect((await reportOf(lines(start, { error: { message: "gone" } }))).responses).toMatchObject([
      { verdict: "failed", error: { message: "gone" } },
    ]);
  });

  test("after another one is another response", async () => {
    const one = [start, delta(0, { text: "a" }), stop("end_turn"), metadata];
    const { responses } = await reportOf(lines(...one, ...one));
    expect(responses).toMatchObject([
      { text: "a", resumed: false },
      { text: "a", resumed: false },
    ]);
  });

  test("separates the fragments of interleaved blocks", async () => {
    const events = [call(0, "a"), call(1, "b"), input(0, '{"x"'), input(1, "{"), input(0, ":1}"), input(1, "}")];
    const { responses } = await reportOf(lines(start, ...events, stop("tool_use"), metadata));
    expect(responses[0]?.items).toMatchObject([
      { type: "tool_use", callId: "id_a", arguments: '{"x":1}' },
      { type: "tool_use", callId: "id_b", arguments: "{}" },
    ]);
  });

  test("keeps unknown members", async () => {
    const unknown = [
      { tideEvent: { level: 3 } },
      delta(0, { tide: 3 }),
      { contentBlockStart: { start: { tide: {} } } },
    ];
    const { findings } = await reportOf(lines(start, ...unknown, stop("end_turn"), metadata));
    expect(findings.map(({ rule, seen }) => `${rule} ${seen}`)).toEqual([
      "unrecognized-event tideEvent",
      "unrecognized-event contentBlockDelta tide",
      "unrecognized-event contentBlockStart tide",
      "empty-answer null",
    ]);
  });
});

test("Any event is read without an exception", async () => {
  const names = [
    "messageStart",
    "contentBlockStart",
    "contentBlockDelta",
    "contentBlockStop",
    "messageStop",
    "metadata",
  ];
  const event = fc.dictionary(fc.constantFrom(...names, "throttlingException", "error"), hostileValue, { maxKeys: 2 });
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (events) => {
      const report = await reportOf(lines(start, ...events));
      expect(report).toMatchObject({ dialect: "bedrock", events: events.length + 1 });
    }),
    { numRuns: tried(40, 200) },
  );
});
