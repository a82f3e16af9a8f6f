// Cases that the fixtures of Anthropic's Messages do not cover: odd and hostile events, and those of other dialects.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { hostileValue } from "../../support/hostile.ts";
import {
  answer,
  blockDelta,
  blockStart,
  blockStop,
  errorEvent,
  messageDelta,
  messageStart,
  messageStop,
  stream,
  textBlock,
  toolBlock,
} from "../../support/messages.ts";
import { reportOf } from "../../support/read-report.ts";
import { data, type Payload } from "../../support/stream.ts";
import { tried } from "../../support/exhaustive.ts";

describe("An event is Anthropic's", () => {
  test.each<[string, Payload]>([
    ["message_start", messageStart()],
    ["content_block_start", blockStart(0, { type: "text", text: "" })],
    ["content_block_delta", blockDelta(0, "text_delta", { text: "a" })],
    ["content_block_stop", blockStop(0)],
    ["message_delta", messageDelta("end_turn")],
    ["message_stop", messageStop],
    ["an Anthropic error", errorEvent("overloaded_error", "Overloaded")],
  ])("if it is %s, with or without a name, and no other dialect claims it", (_, payload) => {
    const json = JSON.stringify(payload);
    for (const name of ["message", payload.type]) {
      expect(claimantsOf({ event: name, data: json })).toEqual(["anthropic"]);
    }
  });

  test("if its name says so, even if its payload does not or is broken", () => {
    const unfit = { event: "content_block_delta", data: '{"delta":{"type":"text_delta"}}' };
    const broken = { event: "message_start", data: '{"type":"message_sta' };
    expect(claimantsOf(unfit)).toEqual(["anthropic"]);
    expect(claimantsOf(broken)).toEqual(["anthropic"]);
    expect(claimantsOf({ ...broken, event: "message" })).toEqual([]);
  });

  test("but not if it is a ping, which any server can send", () => {
    expect(claimantsOf({ event: "ping", data: '{"type": "ping"}' })).toEqual([]);
  });

  test.each<[string, string]>([
    ["has the type and not the field", '{"type":"message_start"}'],
    ["has a field of another type", '{"type":"content_block_start","content_block":"text"}'],
    ["has a name with hyphens", '{"type":"message-start","message":{}}'],
    ["is an error with a code", '{"type":"error","error":{"type":"rate_limit_error","code":"x","message":"y"}}'],
    ["is an error with a number", '{"type":"error","sequence_number":3,"error":{"type":"rate_limit_error"}}'],
    ["is an error of an unknown type", '{"type":"error","error":{"type":"tide_error","message":"y"}}'],
    ["is an error that is not an object", '{"type":"error","error":"overloaded_error"}'],
    ["is not an object", '["message_stop"]'],
    ["is text", "message_stop"],
  ])("but not if it %s", (_, json) => {
    expect(claimantsOf({ event: "message", data: json })).not.toContain("anthropic");
  });
});

describe("A message", () => {
  test("is completed, with its text, usage and status", async () => {
    const { responses } = await reportOf(answer("Slack ", "water."));
    expect(responses).toMatchObject([
      { id: "msg_1", model: "model-1", verdict: "completed", status: "end_turn", reason: null, text: "Slack water." },
    ]);
  });

  test.each([
    ["end_turn", "completed", 0],
    ["tool_use", "completed", 0],
    ["stop_sequence", "completed", 0],
    ["pause_turn", "completed", 0],
    ["compaction", "completed", 0],
    ["refusal", "refused", 8],
    ["max_tokens", "incomplete", 4],
    ["model_context_window_exceeded", "incomplete", 4],
    ["something_new", "incomplete", 4],
    [null, "incomplete", 4],
  ])("that stops for the reason %s is %s", async (reason, verdict, exitCode) => {
    const report = await reportOf(stream(messageStart(), messageDelta(reason), messageStop));
    expect(report).toMatchObject({ verdict, exitCode, responses: [{ status: reason }] });
    expect(report.responses[0]?.reason).toBe(verdict === "completed" ? null : reason);
  });

  test("is truncated if only its stop is missing", async () => {
    const report = await reportOf(stream(messageStart(), ...textBlock(0, "a"), messageDelta("end_turn")));
    expect(report).toMatchObject({ verdict: "truncated", responses: [{ status: "end_turn" }] });
  });

  test("has failed if an error comes, whatever follows", async () => {
    const error = errorEvent("api_error", "Internal server error");
    const report = await reportOf(stream(messageStart(), error, messageDelta("end_turn"), messageStop));
    expect(report.responses).toMatchObject([
      { verdict: "failed", error: { type: "api_error", code: null, message: "Internal server error" } },
    ]);
  });

  test("is one if its start is repeated, and two if the ids differ", async () => {
    const rest = [...textBlock(0, "a"), messageDelta("end_turn"), messageStop];
    const twice = await reportOf(stream(messageStart(), messageStart(), ...rest));
    expect(twice.responses).toMatchObject([{ text: "a", verdict: "completed" }]);
    const other = await reportOf(stream(messageStart(), messageStart({ id: "msg_2" }), ...rest));
    expect(other.responses).toMatchObject([{ verdict: "truncated" }, { id: "msg_2", text: "a" }]);
  });

  test("reads an error without a type from its event's name", async () => {
    const report = await reportOf(`${stream(messageStart())}event: error\ndata: {"message":"gone"}\n\n`);
    expect(report.responses).toMatchObject([{ verdict: "failed", error: { message: "gone" } }]);
  });
});

describe("Usage", () => {
  const input = { input_tokens: 6, cache_creation_input_tokens: 30, cache_read_input_tokens: 600 };

  test("is the sum of the input, and the last value of each count", async () => {
    const start = messageStart({ usage: { ...input, output_tokens: 1 } });
    const later = messageDelta("end_turn", { input_tokens: 7, cache_read_input_tokens: null, output_tokens: 9 });
    const { responses } = await reportOf(stream(start, messageDelta(null, { output_tokens: 4 }), later, messageStop));
    expect(responses[0]?.usage).toEqual({
      inputTokens: 637,
      cachedInputTokens: 600,
      outputTokens: 9,
      reasoningTokens: null,
      totalTokens: 646,
      totalIsComputed: true,
      raw: { ...input, input_tokens: 7, output_tokens: 9 },
    });
  });

  test("is null if none is reported, even after a message that had it", async () => {
    const bare = messageStart({ id: "msg_2", usage: undefined });
    const { type, delta } = messageDelta("end_turn");
    const { responses } = await reportOf(answer("a") + stream(bare, { type, delta }, messageStop));
    expect(responses.map(({ usage }) => usage?.inputTokens)).toEqual([5, undefined]);
  });
});

/** The items of a message with those blocks. */
async function itemsOf(...payloads: readonly Payload[]): Promise<unknown> {
  const { responses } = await reportOf(stream(messageStart(), ...payloads, messageDelta("end_turn"), messageStop));
  return responses[0]?.items;
}

describe("A block", () => {
  test("continues the text that it begins with", async () => {
    const block = blockStart(0, { type: "text", text: "Spring " });
    expect(await itemsOf(block, blockDelta(0, "text_delta", { text: "tide" }), blockStop(0))).toMatchObject([
      { type: "text", text: "Spring tide" },
    ]);
  });

  test("of a tool has the input of its start if no fragments follow", async () => {
    const block = { type: "tool_use", id: "toolu_1", name: "bell", input: { times: 2 } };
    expect(await itemsOf(blockStart(0, block), blockStop(0))).toMatchObject([{ arguments: '{"times":2}' }]);
    const fragment = blockDelta(0, "input_json_delta", { partial_json: '{"times": 3}' });
    expect(await itemsOf(blockStart(0, block), fragment, blockStop(0))).toMatchObject([{ arguments: '{"times": 3}' }]);
  });

  test("interleaved with another one keeps its own fragments", async () => {
    const [startA, a1, a2, stopA] = toolBlock(0, "a", '{"x":', "1}");
    const [startB, b1, b2, stopB] = toolBlock(1, "b", '{"y":', "2}");
    const events = [startA, startB, a1, b1, b2, a2, stopB, stopA].filter((payload) => payload !== undefined);
    expect(await itemsOf(...events)).toMatchObject([
      { name: "a", callId: "toolu_a", arguments: '{"x":1}' },
      { name: "b", callId: "toolu_b", arguments: '{"y":2}' },
    ]);
  });

  test("that begins while another one with its index is open is a new one", async () => {
    const begun = [blockStart(0, { type: "text", text: "" }), blockDelta(0, "text_delta", { text: "a" })];
    expect(await itemsOf(...begun, ...textBlock(0, "b"))).toMatchObject([{ text: "a" }, { text: "b" }]);
  });

  test("of an unknown kind is an item, and reported as unknown", async () => {
    const report = await reportOf(
      stream(
        messageStart(),
        blockStart(0, { type: "chart", id: "c1" }),
        blockStop(0),
        messageDelta("end_turn"),
        messageStop,
      ),
    );
    expect(report.responses[0]?.items).toMatchObject([{ type: "chart", id: "c1" }]);
    expect(report.findings).toMatchObject([{ rule: "unrecognized-event", seen: "content_block_start chart" }]);
  });

  test.each<[string, object, object]>([
    ["a result that is a string", { content: "ebb" }, { output: "ebb" }],
    [
      "a list of texts",
      {
        content: [
          { type: "text", text: "a" },
          { type: "text", text: "b" },
        ],
      },
      { output: "a\nb" },
    ],
    ["output and errors", { content: { stdout: "a\n", stderr: "b\n" } }, { output: "a\nb\n" }],
    ["an error", { content: { error_code: "max_uses_exceeded" } }, { detail: "max_uses_exceeded" }],
  ])("of a tool's result shows %s", async (_, fields, expected) => {
    const block = { type: "bash_code_execution_tool_result", tool_use_id: "srvtoolu_1", ...fields };
    expect(await itemsOf(blockStart(0, block), blockStop(0))).toMatchObject([{ callId: "srvtoolu_1", ...expected }]);
  });
});

test("Any event is read without an exception", async () => {
  const types = ["message_start", "content_block_start", "content_block_delta", "content_block_stop", "message_delta"];
  const event = fc.record({
    type: fc.constantFrom(...types, "message_stop", "ping", "error"),
    index: hostileValue,
    message: hostileValue,
    content_block: hostileValue,
    delta: hostileValue,
    usage: hostileValue,
    error: hostileValue,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (events) => {
      const input = data(JSON.stringify(messageStart())) + events.map((value) => data(JSON.stringify(value))).join("");
      const report = await reportOf(input);
      expect(report).toMatchObject({ dialect: "anthropic", events: events.length + 1 });
    }),
    { numRuns: tried(40, 200) },
  );
});
