// Cases that the fixtures of Chat Completions do not cover: odd and hostile chunks, and those of other dialects.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answer, call, chunk, delta, done, finish, stream, usageChunk } from "../../support/chunks.ts";
import { claimantsOf } from "../../support/claims.ts";
import { hostileValue } from "../../support/hostile.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";
import { tried } from "../../support/exhaustive.ts";

describe("An event is a chunk of Chat Completions", () => {
  test.each<[string, object]>([
    ["it says so", { object: "chat.completion.chunk" }],
    ["it is of a legacy completion", { object: "text_completion", choices: [{ index: 0, text: "a" }] }],
    ["it has choices and no object", { choices: [{ index: 0, delta: { content: "a" } }] }],
    ["it is Azure's empty first chunk", { choices: [], object: "", id: "", model: "", prompt_filter_results: [] }],
    ["it is Perplexity's last chunk", { object: "chat.completion.done", choices: [] }],
    ["it has an error, too", { ...chunk([]), error: { message: "gone" } }],
  ])("if %s, and no other dialect claims it", (_, payload) => {
    expect(claimantsOf(unnamed(payload))).toEqual(["openai-chat"]);
  });

  test.each<[string, string]>([
    ["has choices of another kind", '{"choices":["a","b"]}'],
    ["has choices that are not a list", '{"choices":{"0":{}}}'],
    ["has choices and another type", '{"type":"poll","choices":[{"text":"a"}]}'],
    ["is an error alone", '{"error":{"message":"gone"}}'],
    ["is a list", '[{"choices":[]}]'],
    ["is broken", '{"object":"chat.completion.chunk"'],
    ["is the end", "[DONE]"],
  ])("but not if it %s", (_, json) => {
    expect(claimantsOf({ event: "message", data: json })).toEqual([]);
  });
});

describe("A completion", () => {
  test("is completed, with its text, usage and status", async () => {
    const report = await reportOf(answer("Slack ", "water."));
    expect(report).toMatchObject({ verdict: "completed", exitCode: 0, findings: [] });
    expect(report.responses).toMatchObject([
      { id: "chatcmpl-1", model: "model-1", status: "stop", reason: null, text: "Slack water.", resumed: false },
    ]);
  });

  test.each([
    ["stop", "completed", 0],
    ["tool_calls", "completed", 0],
    ["function_call", "completed", 0],
    ["eos", "completed", 0],
    ["end_turn", "completed", 0],
    ["length", "incomplete", 4],
    ["content_filter", "incomplete", 4],
    ["insufficient_system_resource", "incomplete", 4],
    ["something_new", "incomplete", 4],
    ["error", "failed", 3],
  ])("that finishes for the reason %s is %s", async (reason, verdict, exitCode) => {
    const report = await reportOf(stream(delta({ content: "a" }), finish(reason), done));
    expect(report).toMatchObject({ verdict, exitCode, responses: [{ status: reason }] });
    expect(report.responses[0]?.reason).toBe(verdict === "completed" ? null : reason);
  });

  test.each([null, "", 7, {}])("is not finished by the reason %j", async (reason) => {
    const unfinished = chunk([{ index: 0, delta: { content: "a" }, finish_reason: reason }]);
    expect(await reportOf(stream(unfinished, done))).toMatchObject({ verdict: "truncated", exitCode: 5 });
  });

  test("has the verdict of its worst choice, and is cut if one of them is", async () => {
    const both = [delta({ content: "a" }), delta({ content: "b" }, 1)];
    const verdicts = async (...ends: readonly object[]) => (await reportOf(stream(...both, ...ends, done))).verdict;
    expect(await verdicts(finish("stop"), finish("stop", 1))).toBe("completed");
    expect(await verdicts(finish("length"), finish("stop", 1))).toBe("incomplete");
    expect(await verdicts(finish("error"), finish("length", 1))).toBe("failed");
    expect(await verdicts(finish("stop", 1))).toBe("truncated");
    expect(await verdicts(finish("stop"), delta({ content: "" }), finish("stop", 1))).toBe("completed");
  });

  test("has the worse verdict if one choice begins after the end of another", async () => {
    const { responses } = await reportOf(
      stream(delta({ content: "a" }), finish("stop"), delta({ content: "b" }, 1), finish("length", 1), done),
    );
    expect(responses).toMatchObject([{ verdict: "incomplete", status: "length", text: "ab" }]);
  });

  test("is a new one only if a role with a new id follows the end of the first", async () => {
    const other = { ...delta({ content: "b" }), id: "chatcmpl-2" };
    const begun = { ...delta({ role: "assistant", content: "b" }), id: "chatcmpl-2" };
    expect(await textsOf(delta({ content: "a" }), other)).toEqual(["ab"]);
    expect(await textsOf(delta({ content: "a" }), begun)).toEqual(["ab"]);
    expect(await textsOf(delta({ content: "a" }), finish("stop"), other)).toEqual(["ab"]);
    expect(await textsOf(delta({ content: "a" }), finish("stop"), begun)).toEqual(["a", "b"]);
    expect(await textsOf(delta({ content: "a" }), finish("stop"), { ...usageChunk(), id: "chatcmpl-2" })).toEqual([
      "a",
    ]);
    expect(await textsOf({ ...usageChunk(), id: "" }, delta({ role: "assistant", content: "a" }))).toEqual(["a"]);
  });

  test("keeps fields that arrive late", async () => {
    const first = { choices: [{ index: 0, delta: { content: "a" } }], service_tier: null };
    const { responses } = await reportOf(stream(first, { ...finish("stop"), service_tier: "flex" }, done));
    expect(responses).toMatchObject([{ id: "chatcmpl-1", model: "model-1", serviceTier: "flex", text: "a" }]);
  });

  test.each<[string, object]>([
    ["beside choices", { ...chunk([]), error: { code: 502, message: "gone" } }],
    ["alone", { error: { code: 502, message: "gone" } }],
    ["in a choice", chunk([{ index: 0, delta: {}, error: { code: 502, message: "gone" } }])],
    ["flat", { object: "error", message: "gone", code: 502 }],
  ])("has failed after an error %s, whatever follows", async (_, error) => {
    const report = await reportOf(stream(delta({ content: "a" }), error, finish("stop"), done));
    expect(report.responses).toMatchObject([{ verdict: "failed", error: { code: "502", message: "gone" } }]);
  });
});

describe("Reasoning", () => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ["DeepSeek's", { reasoning_content: "hm" }],
    ["vLLM's", { reasoning: "hm" }],
    ["GitHub Copilot's", { reasoning_text: "hm" }],
    ["under two names", { reasoning_content: "hm", reasoning: "hm" }],
    ["under two names, one of them empty", { reasoning_content: "", reasoning: "hm" }],
    ["with details", { reasoning: "hm", reasoning_details: [{ type: "reasoning.text", text: "hm" }] }],
    ["only in details", { reasoning: null, reasoning_details: [{ type: "reasoning.text", text: "hm" }] }],
    ["Mistral's", { content: [{ type: "thinking", thinking: [{ type: "text", text: "hm" }] }] }],
    ["Mistral's, as text", { content: [{ type: "thinking", thinking: "hm" }] }],
  ])("is read once: %s", async (_, field) => {
    const { responses } = await reportOf(stream(delta(field), finish("stop")));
    expect(responses).toMatchObject([{ reasoning: "hm", text: "", items: [{ type: "reasoning", reasoning: "hm" }] }]);
  });
});

test("Calls of several choices are separate", async () => {
  const other = delta({ tool_calls: [{ index: 0, id: "call_b", function: { name: "b", arguments: "[]" } }] }, 1);
  const { responses } = await reportOf(
    stream(call(0, "{", "a"), other, call(0, "}"), finish("tool_calls"), finish("tool_calls", 1), done),
  );
  expect(responses[0]?.items).toMatchObject([
    { name: "a", callId: "call_a", arguments: "{}" },
    { name: "b", callId: "call_b", arguments: "[]" },
  ]);
});

const hostileDelta = fc.record(
  {
    content: hostileValue,
    refusal: hostileValue,
    reasoning: hostileValue,
    reasoning_details: hostileValue,
    audio: hostileValue,
    images: hostileValue,
    annotations: hostileValue,
    function_call: hostileValue,
    tool_calls: fc.oneof(
      hostileValue,
      fc.array(fc.record({ index: hostileValue, id: hostileValue, function: hostileValue, custom: hostileValue })),
    ),
  },
  { requiredKeys: [] },
);
const hostileChoice = fc.record(
  {
    index: fc.oneof(fc.constantFrom(0, 1), hostileValue),
    delta: fc.oneof(hostileDelta, hostileValue),
    message: hostileValue,
    text: hostileValue,
    error: hostileValue,
    usage: hostileValue,
    finish_reason: fc.oneof(fc.constantFrom("stop", "length", null), hostileValue),
  },
  { requiredKeys: [] },
);
const hostileChunk = fc.record(
  {
    id: fc.oneof(fc.constantFrom("a", "b"), hostileValue),
    object: fc.oneof(fc.constant("chat.completion.chunk"), hostileValue),
    model: hostileValue,
    service_tier: hostileValue,
    choices: fc.oneof(fc.array(hostileChoice, { maxLength: 3 }), hostileValue),
    usage: hostileValue,
    x_groq: hostileValue,
    error: hostileValue,
  },
  { requiredKeys: [] },
);

test("Wrong types anywhere do not throw, and each chunk is counted", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostileChunk, { minLength: 1, maxLength: 8 }), async (chunks) => {
      const report = await reportOf(stream(delta({ content: "a" }), ...chunks), "--dialect", "openai-chat");
      expect(report).toMatchObject({ dialect: "openai-chat", events: chunks.length + 1 });
      expect(report.responses.length).toBeGreaterThan(0);
    }),
    { numRuns: tried(40, 200) },
  );
});

/** The texts of the responses in the chunks. */
async function textsOf(...chunks: readonly object[]): Promise<string[]> {
  const { responses } = await reportOf(stream(...chunks));
  return responses.map(({ text }) => text);
}
