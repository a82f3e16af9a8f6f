import { describe, expect, test } from "vitest";
import { choiceRules } from "../../../../src/dialects/openai-chat/rules/choices.ts";
import { call, chunk, delta, done, finish, stream } from "../../../support/chunks.ts";
import { findingsOf } from "../../../rules/support/found.ts";
import { reportOf } from "../../../support/read-report.ts";

async function foundIn(...chunks: readonly (object | string)[]): Promise<string[]> {
  return (await findingsOf(choiceRules, stream(...chunks))).map(({ rule, event }) => `${rule} at ${event}`);
}

const a = { content: "a" };

describe("choice-index-order", () => {
  test("is found if the indexes begin at 1 or skip one", async () => {
    expect(await foundIn(delta(a, 1), finish("stop", 1), done)).toEqual(["choice-index-order at 0"]);
    expect(await foundIn(delta(a), delta(a, 2), finish("stop"), finish("stop", 2))).toEqual([
      "choice-index-order at 1",
    ]);
  });

  test("is found if the index counts tokens, the last of which ends the response", async () => {
    const tokens = [delta(a), delta(a, 1), delta(a, 2), finish("length", 3)];
    expect(await foundIn(...tokens)).toEqual(["choice-index-order at 1"]);
    expect(await reportOf(stream(...tokens))).toMatchObject({ verdict: "incomplete" });
    expect(await reportOf(stream(delta(a, 1), finish("stop", 2), done))).toMatchObject({ verdict: "completed" });
  });

  test("is not found in several choices, in any order, consecutive or interleaved", async () => {
    const ends = [finish("stop"), finish("stop", 1), finish("stop", 2)];
    expect(await foundIn(delta(a, 2), delta(a), delta(a, 1), ...ends)).toEqual([]);
    expect(await foundIn(delta(a), delta(a, 1), delta(a, 2), delta(a), ...ends)).toEqual([]);
    expect(await foundIn(finish("stop"), finish("stop", 1), finish("stop", 2), done)).toEqual([]);
    expect(await reportOf(stream(delta(a), delta(a, 1), delta(a, 2), delta(a), finish("stop", 2)))).toMatchObject({
      verdict: "truncated",
    });
  });
});

describe("stop-with-tool-calls", () => {
  test("is found if stop ends a choice that calls a tool", async () => {
    expect(await foundIn(call(0, "{}", "ask"), finish("stop"), finish("stop"))).toEqual([
      "stop-with-tool-calls at 1",
      "finish-reason-repeated at 2",
    ]);
    expect(await foundIn(call(0, "{}", "ask"), finish("tool_calls"))).toEqual([]);
  });
});

describe("message-repeated", () => {
  test("is found if a complete message follows deltas, and the text is read once", async () => {
    const whole = chunk([{ index: 0, message: { role: "assistant", content: "a" }, finish_reason: "stop" }]);
    expect(await foundIn(delta(a), whole)).toEqual(["message-repeated at 1"]);
    expect(await reportOf(stream(delta(a), whole))).toMatchObject({ responses: [{ text: "a" }] });
    expect(await foundIn(whole)).toEqual([]);
  });
});

describe("finish-reason-empty", () => {
  test("is found once if chunks have an empty string before the reason", async () => {
    const empty = chunk([{ index: 0, delta: a, finish_reason: "" }]);
    expect(await foundIn(empty, empty, finish("stop"))).toEqual(["finish-reason-empty at 0"]);
    expect(await foundIn(delta(a), finish("stop"))).toEqual([]);
  });

  test("is not found after the reason, where it ends nothing", async () => {
    expect(await foundIn(delta(a), finish("stop"), chunk([{ index: 0, delta: {}, finish_reason: "" }]))).toEqual([]);
  });
});

describe("finish-reason-repeated", () => {
  test("is found once, at the second chunk with a reason for a choice", async () => {
    const twice = [delta(a), finish("stop"), finish("stop"), finish("stop")];
    expect(await foundIn(...twice)).toEqual(["finish-reason-repeated at 2"]);
  });
});
