import { describe, expect, test } from "vitest";
import { partStartRules } from "../../../src/rules/general/part-starts.ts";
import { data } from "../../support/stream.ts";
import { findingsOf, found } from "../support/found.ts";

/** Events without names, as the AI SDK sends them. */
function chunks(...payloads: readonly object[]): string {
  return payloads.map((payload) => data(JSON.stringify(payload))).join("");
}

const START = { type: "start", messageId: "msg-1" };
const FINISH = { type: "finish" };

function content(role: string, index: number): object {
  return { type: `content-${role}`, index, delta: { message: { content: { type: "text", text: "a" } } } };
}

function text(role: string, id: string): object {
  return { type: `text-${role}`, id, delta: "a" };
}

function input(role: string, toolCallId: string): object {
  return { type: `tool-input-${role}`, toolCallId, toolName: "tideAt", inputTextDelta: "{}", input: {} };
}

describe("part-not-begun", () => {
  test("is found once, at the first event of a part that has no start", async () => {
    const findings = await findingsOf(
      partStartRules,
      chunks(START, text("delta", "7"), text("delta", "7"), text("end", "7")),
    );
    expect(findings).toMatchObject([
      {
        rule: "part-not-begun",
        severity: "error",
        event: 1,
        seen: "text-delta",
        message: expect.stringContaining('text "7"'),
      },
    ]);
  });

  test.each([
    ["a text that is over", [text("start", "0"), text("end", "0"), text("delta", "0")], 3],
    ["a text of a step that is over", [text("start", "0"), { type: "finish-step" }, text("delta", "0")], 3],
    ["a thought that has the id of a text", [text("start", "0"), { type: "reasoning-delta", id: "0", delta: "a" }], 2],
    ["the input of a call", [input("delta", "c")], 1],
    ["the input of a call that is whole", [input("start", "c"), input("available", "c"), input("delta", "c")], 3],
  ])("is found at %s", async (_, payloads, event) => {
    const findings = await findingsOf(partStartRules, chunks(START, ...payloads));
    expect(findings).toMatchObject([{ rule: "part-not-begun", event }]);
  });

  test("is found in Cohere's streams by index, separately for contents and calls", async () => {
    const call = {
      type: "tool-call-delta",
      index: 0,
      delta: { message: { tool_calls: { function: { arguments: "{}" } } } },
    };
    const input = chunks({ type: "message-start", id: "a" }, content("start", 0), content("delta", 1), call);
    const lines = await found(partStartRules, input);
    expect(lines.map((line) => line.slice(0, 40))).toEqual([
      'part-not-begun at 2: data: {"type":"cont',
      'part-not-begun at 3: data: {"type":"tool',
    ]);
  });

  test("is not found if the capture starts mid-response", async () => {
    expect(await findingsOf(partStartRules, chunks(text("delta", "0"), text("end", "0"), FINISH))).toEqual([]);
  });

  test("is not found at parts that arrive whole, or at the result of an earlier message's call", async () => {
    const output = { type: "tool-output-available", toolCallId: "old", output: 1 };
    expect(
      await findingsOf(partStartRules, chunks(START, input("available", "c"), input("error", "d"), output)),
    ).toEqual([]);
  });
});

describe("part-begun-twice", () => {
  test("is found if a part begins under the id of an open one", async () => {
    const findings = await findingsOf(partStartRules, chunks(START, text("start", "0"), text("start", "0")));
    expect(findings).toMatchObject([{ rule: "part-begun-twice", severity: "error", event: 2, seen: "text-start" }]);
    const ofCohere = chunks({ type: "message-start", id: "a" }, content("start", 2), content("start", 2));
    expect(await findingsOf(partStartRules, ofCohere)).toMatchObject([
      { event: 2, message: expect.stringContaining("content 2") },
    ]);
  });

  test.each([
    ["has ended", [text("start", "0"), text("end", "0"), text("start", "0")]],
    ["was of another step", [text("start", "0"), { type: "reset-step" }, text("start", "0")]],
    ["was of another message", [text("start", "0"), FINISH, { type: "start", messageId: "msg-2" }, text("start", "0")]],
    ["has another id", [text("start", "0"), text("start", "1")]],
  ])("is not found if the previous one %s", async (_, payloads) => {
    expect(await findingsOf(partStartRules, chunks(START, ...payloads))).toEqual([]);
  });
});
