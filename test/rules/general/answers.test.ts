import { describe, expect, test } from "vitest";
import { answerRules } from "../../../src/rules/general/answers.ts";
import * as chunks from "../../support/chunks.ts";
import {
  answer,
  completed,
  created,
  data,
  failed,
  incomplete,
  inProgress,
  itemAdded,
  itemDone,
  message,
  refusalDelta,
  stream,
  streamFrom,
  usage,
  type Payload,
} from "../../support/stream.ts";
import { findingsOf, found } from "../support/found.ts";

test("Nothing is found in a normal response, or in one that failed, was truncated, or has no known dialect", async () => {
  expect(await found(answerRules, answer("hey") + answer("you"))).toEqual([]);
  expect(await found(answerRules, stream(created(), failed({ code: "x", message: "y" })))).toEqual([]);
  expect(await found(answerRules, stream(created()))).toEqual([]);
  expect(await found(answerRules, data("hello"))).toEqual([]);
});

describe("incomplete", () => {
  test("is found at the end, with the reason and the spent tokens", async () => {
    const input = stream(created(), incomplete("max_output_tokens"));
    expect(await found(answerRules, input)).toEqual(["incomplete at 1: event: response.incomplete"]);
    expect(await findingsOf(answerRules, input)).toMatchObject([
      {
        severity: "warning",
        expected: "completed",
        seen: "max_output_tokens",
        message: "the response is incomplete: max_output_tokens (3 output tokens spent, 0 of them on reasoning)",
      },
    ]);
  });

  test("does not mention tokens that were not reported", async () => {
    expect(await messageOf(null)).toBe("the response is incomplete: content_filter");
    expect(await messageOf({ ...usage, output_tokens_details: {} })).toBe(
      "the response is incomplete: content_filter (3 output tokens spent)",
    );
  });

  test("is found once if both a snapshot and the end report it", async () => {
    const input = stream(created(), inProgress({ status: "cancelled" }), completed({ status: "cancelled" }));
    expect(await found(answerRules, input)).toEqual(["incomplete at 1: event: response.in_progress"]);
    expect((await findingsOf(answerRules, input))[0]?.message).toBe("the response is cancelled");
  });

  test("does not mention the tokens of the previous response", async () => {
    const response = { id: "resp_2", status: "incomplete" };
    const input = answer("hey") + stream(created({ id: "resp_2" }), { type: "response.incomplete", response });
    expect((await findingsOf(answerRules, input))[0]?.message).toBe("the response is incomplete");
  });

  test("is found in each incomplete response", async () => {
    const once = stream(created(), incomplete("max_output_tokens"));
    expect(await found(answerRules, once + answer("hey") + once)).toHaveLength(2);
  });
});

describe("refusal", () => {
  test("is found where it begins, once, and quoted", async () => {
    const text = "I can't help with that.";
    const input = stream(
      created(),
      itemAdded(0, message),
      refusalDelta("I can't"),
      refusalDelta(" help with that."),
      refusalDone(text),
      itemDone(0, { ...message, content: [{ type: "refusal", refusal: text }] }),
      completed(),
    );
    expect(await found(answerRules, input)).toEqual(["refusal at 2: event: response.refusal.delta"]);
    expect(await findingsOf(answerRules, input)).toMatchObject([
      { severity: "warning", message: `the model refuses to answer: ${text}`, seen: text },
    ]);
  });

  test("is found in a stream that is truncated after it", async () => {
    const input = stream(created(), refusalDelta("No"), refusalDelta("."), refusalDone("No."));
    expect(await findingsOf(answerRules, input)).toMatchObject([{ rule: "refusal", event: 1, seen: "No." }]);
    const withoutText = { type: "response.refusal.done", output_index: 0, content_index: 0 };
    const untold = stream(created(), refusalDelta("No"), withoutText);
    expect(await findingsOf(answerRules, untold)).toMatchObject([{ rule: "refusal", event: 1, seen: "No" }]);
  });

  test("is found if no event says that the refusal is done", async () => {
    const input = stream(created(), refusalDelta("No"), refusalDelta("."), completed());
    const [finding] = await findingsOf(answerRules, input);
    expect(finding).toMatchObject({ event: 1, seen: "No." });
    expect(finding?.message).toMatch(/: No\.$/);
  });

  test("is found if it arrives whole with its item", async () => {
    const item = { ...message, content: [{ type: "refusal", refusal: "No." }] };
    const input = stream(created(), itemAdded(0, message), itemDone(0, item), completed());
    expect(await found(answerRules, input)).toEqual(["refusal at 2: event: response.output_item.done"]);
  });

  test("is quoted in part if it is long", async () => {
    const input = stream(created(), refusalDelta("x".repeat(500)), refusalDone("x".repeat(500)), completed());
    expect((await findingsOf(answerRules, input))[0]?.message).toMatch(/: x{120}…$/);
    const fitting = stream(created(), refusalDelta("x".repeat(120)), completed());
    expect((await findingsOf(answerRules, fitting))[0]?.message).toMatch(/: x{120}$/);
  });

  test("is found in each response with a refusal, including a resumed one", async () => {
    const once = [refusalDelta("No."), refusalDone("No."), completed()];
    expect(await found(answerRules, streamFrom(7, ...once) + answer("hey") + stream(created(), ...once))).toHaveLength(
      2,
    );
  });
});

/** The message about a response that ended incomplete with that usage. */
async function messageOf(usage: unknown): Promise<string | undefined> {
  const response = { id: "resp_1", status: "incomplete", incomplete_details: { reason: "content_filter" }, usage };
  const [finding] = await findingsOf(answerRules, stream(created(), { type: "response.incomplete", response }));
  return finding?.message;
}

function refusalDone(refusal: string): Payload {
  return { type: "response.refusal.done", output_index: 0, content_index: 0, refusal };
}

describe("empty-answer", () => {
  test("names what the response had instead", async () => {
    expect(await emptyIn(chunks.stream(chunks.delta({ role: "assistant" }), chunks.finish("stop")))).toEqual([
      "the response is completed (stop) and empty: nothing arrived",
    ]);
    const reasoning = chunks.delta({ reasoning_content: "hm" });
    expect(await emptyIn(chunks.stream(reasoning, chunks.finish("stop")))).toEqual([
      "the response is completed (stop) and empty: only reasoning arrived",
    ]);
    const native = { index: 0, delta: {}, finish_reason: "stop", native_finish_reason: "network_error" };
    expect(await emptyIn(chunks.stream(chunks.delta({ role: "assistant" }), chunks.chunk([native])))).toEqual([
      "the response is completed (stop) and empty: nothing arrived; native_finish_reason is network_error",
    ]);
  });

  test("is not found if a text, a call, a refusal or media arrived, even after the finish reason", async () => {
    const stop = chunks.finish("stop");
    const audio = { choices: [{ index: 0, delta: { audio: { data: "AAAA" } } }] };
    expect(await emptyIn(chunks.answer("hey"))).toEqual([]);
    expect(await emptyIn(chunks.stream(chunks.call(0, "", "ask"), chunks.finish("tool_calls")))).toEqual([]);
    expect(await emptyIn(chunks.stream(chunks.delta({ refusal: "no" }), stop))).toEqual([]);
    expect(await emptyIn(chunks.stream(audio, stop))).toEqual([]);
    const late = [chunks.chunk([{ index: 0, delta: { role: "assistant" }, finish_reason: "stop" }])];
    expect(await emptyIn(chunks.stream(...late, chunks.delta({ content: "hey" }), chunks.done))).toEqual([]);
  });

  test("is not found if the response is cut, if there is no model behind it, or if nothing was requested", async () => {
    expect(await emptyIn(chunks.stream(chunks.delta({ role: "assistant" }), chunks.finish("length")))).toEqual([]);
    expect(await emptyIn(data('{"jsonrpc":"2.0","id":1,"result":{}}'))).toEqual([]);
    const loaded = { model: "m", created_at: "2026-10-18T00:00:00Z", response: "", done: true, done_reason: "load" };
    expect(await emptyIn(`${JSON.stringify(loaded)}\n`)).toEqual([]);
  });
});

async function emptyIn(input: string): Promise<(string | null)[]> {
  const findings = await findingsOf(answerRules, input);
  return findings.filter(({ rule }) => rule === "empty-answer").map(({ message }) => message);
}
