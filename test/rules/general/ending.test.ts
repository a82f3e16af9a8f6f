import { describe, expect, test } from "vitest";
import { endingRules } from "../../../src/rules/general/ending.ts";
import type { ProfileName } from "../../../src/rules/profiles.ts";
import {
  answer,
  completed,
  created,
  data,
  errorEvent,
  failed,
  incomplete,
  inProgress,
  stream,
  streamFrom,
  textDelta,
  type Payload,
} from "../../support/stream.ts";
import * as chunks from "../../support/chunks.ts";
import { findingsOf, found } from "../support/found.ts";

const begun = stream(created(), textDelta("hey"));
const whole = begun + streamFrom(2, completed());
const done = data("[DONE]");
const error = { code: "overloaded", message: "try later" };

async function rulesIn(input: string, profile: ProfileName): Promise<string[]> {
  const findings = await findingsOf(endingRules, input, profile);
  return findings.map(({ rule, event }) => `${rule} at ${event}`);
}

describe("event-after-terminal", () => {
  test.each([
    ["completed", completed()],
    ["incomplete", incomplete("max_output_tokens")],
    ["failed", failed(error)],
  ])("is found at the first event of the response after it is %s, and once", async (_, terminal) => {
    const input = begun + streamFrom(2, terminal, textDelta("late"), textDelta("later"));
    expect(await found(endingRules, input)).toEqual(["event-after-terminal at 3: event: response.output_text.delta"]);
    expect(await findingsOf(endingRules, input)).toMatchObject([
      {
        severity: "error",
        expected: null,
        seen: "response.output_text.delta",
        message: expect.stringContaining(terminal.type),
      },
    ]);
    expect(await findingsOf(endingRules, input, "lenient")).toMatchObject([{ severity: "warning" }]);
  });

  test("is found at each terminal event after the first", async () => {
    const input = begun + streamFrom(2, completed(), completed(), completed());
    expect((await findingsOf(endingRules, input)).map(({ event }) => event)).toEqual([3, 4]);
  });

  test("is found at an event of the response after [DONE]", async () => {
    const input = begun + done + streamFrom(2, textDelta("late"), completed());
    const findings = await findingsOf(endingRules, input, "lenient");
    expect(findings).toMatchObject([
      { rule: "event-after-terminal", event: 3, message: expect.stringContaining("[DONE]") },
    ]);
  });

  test.each<[string, string]>([
    ["a keep-alive", streamFrom(3, { type: "keepalive" })],
    ["a comment", ": bye\n\n"],
    ["another response", answer("two")],
    ["the rest of another response", streamFrom(7, inProgress({ id: "resp_2" }), completed({ id: "resp_2" }))],
    ["an error, which is found as such", streamFrom(3, errorEvent("x", "y"))],
    ["an event that is not known", streamFrom(3, { type: "response.metadata" })],
    ["data that cannot be read", data("bye")],
  ])("is not found at %s", async (_, after) => {
    expect(await found(endingRules, whole + after)).toEqual([]);
  });

  test("is not found if an error is followed by the failed response", async () => {
    const input = begun + streamFrom(2, errorEvent("overloaded", "try later"), failed(error));
    expect(await found(endingRules, input)).toEqual([]);
  });
});

describe("done-sentinel", () => {
  test("is found at a [DONE], which OpenAI does not send", async () => {
    expect(await found(endingRules, whole + done)).toEqual(["done-sentinel at 3: data: [DONE]"]);
    expect(await findingsOf(endingRules, whole + done)).toMatchObject([
      { severity: "info", expected: null, seen: "[DONE]" },
    ]);
  });

  test("is found under Open Responses if no [DONE] follows the last terminal event", async () => {
    expect(await found(endingRules, whole, "open-responses")).toEqual([
      "done-sentinel at 2: event: response.completed",
    ]);
    expect(await findingsOf(endingRules, whole, "open-responses")).toMatchObject([
      { severity: "error", expected: "data: [DONE]", seen: null },
    ]);
    const failing = begun + streamFrom(2, errorEvent("overloaded", "try later"), failed(error));
    expect(await rulesIn(failing, "open-responses")).toEqual(["done-sentinel at 3"]);
    expect(await rulesIn(whole + done + answer("two"), "open-responses")).toEqual(["done-sentinel at 11"]);
  });

  test("is not found under Open Responses if [DONE] ends the stream, with or without keep-alives before it", async () => {
    expect(await rulesIn(whole + done, "open-responses")).toEqual([]);
    expect(await rulesIn(whole + streamFrom(3, { type: "keepalive" }) + done, "open-responses")).toEqual([]);
    expect(await rulesIn(whole + done.trimEnd(), "open-responses")).toEqual([]);
  });

  test("is found under Open Responses if [DONE] arrives too early, or twice", async () => {
    expect(await rulesIn(begun + done + streamFrom(2, completed()) + done, "open-responses")).toEqual([
      "done-sentinel at 2",
      "event-after-terminal at 3",
    ]);
    expect(await rulesIn(whole + done + done, "open-responses")).toEqual(["done-sentinel at 4"]);
  });

  test("is found under Open Responses if an error event is last", async () => {
    const failing = begun + streamFrom(2, errorEvent("overloaded", "try later"));
    expect(await rulesIn(failing, "open-responses")).toEqual(["done-sentinel at 2"]);
  });

  test("is not found under Open Responses if reading was stopped before the end", async () => {
    const input = whole + data("x".repeat(2000));
    const findings = await findingsOf(endingRules, input, "open-responses", "--max-event-size", "1K");
    expect(findings).toEqual([]);
  });

  test("is not found under Open Responses if the stream is cut, which another rule finds", async () => {
    expect(await rulesIn(begun, "open-responses")).toEqual([]);
  });

  test("is not found under Open Responses in NDJSON, which has only the payloads", async () => {
    const lines = [created(), completed()].map((payload: Payload) => JSON.stringify(payload));
    expect(await rulesIn(`${lines.join("\n")}\n`, "open-responses")).toEqual([]);
  });

  test("is not found under the lenient profile", async () => {
    expect(await rulesIn(whole, "lenient")).toEqual([]);
    expect(await rulesIn(whole + done, "lenient")).toEqual([]);
  });

  test("is not found in a stream of another dialect", async () => {
    expect(await rulesIn(data("hello") + done, "openai")).toEqual([]);
    expect(await rulesIn(data("hello"), "open-responses")).toEqual([]);
  });
});

describe("Chat Completions", () => {
  const { chunk, delta, done, finish, usageChunk } = chunks;
  const text = delta({ content: "hey" });

  test("have [DONE] at their end, under every profile, and usage before it", async () => {
    const input = chunks.stream(text, finish("stop"), usageChunk(), done);
    for (const profile of ["openai", "open-responses", "lenient"] as const) {
      expect(await rulesIn(input, profile)).toEqual([]);
    }
  });

  test("without it are found at the end of the response", async () => {
    const whole = [text, chunk([{ index: 0, delta: {}, finish_reason: "stop" }], { usage: { prompt_tokens: 1 } })];
    const input = chunks.stream(...whole, usageChunk());
    expect(await rulesIn(input, "openai")).toEqual(["done-sentinel at 1"]);
    expect(await findingsOf(endingRules, input)).toMatchObject([{ severity: "info" }]);
    expect(await rulesIn(input, "lenient")).toEqual([]);
    expect(await rulesIn(chunks.stream(...whole, done, done), "openai")).toEqual(["done-sentinel at 3"]);
  });

  test("that end with an error may end there, or with [DONE]", async () => {
    const failed = { error: { message: "try later" } };
    expect(await rulesIn(chunks.stream(text, failed), "openai")).toEqual([]);
    expect(await rulesIn(chunks.stream(text, failed, done), "openai")).toEqual([]);
  });

  test("as payloads only need no [DONE]", async () => {
    const lines = [text, finish("stop")].map((payload) => `${JSON.stringify(payload)}\n`).join("");
    expect(await rulesIn(lines, "openai")).toEqual([]);
  });
});
