import { describe, expect, test } from "vitest";
import { toolCallRules } from "../../../../src/dialects/openai-chat/rules/tool-calls.ts";
import { answer, call, delta, done, finish, stream, usageChunk } from "../../../support/chunks.ts";
import { data } from "../../../support/stream.ts";
import { findingsOf } from "../../../rules/support/found.ts";

async function foundIn(...chunks: readonly (object | string)[]): Promise<string[]> {
  const findings = await findingsOf(toolCallRules, stream(...chunks));
  return findings.map(({ rule, event }) => `${rule} at ${event}`);
}

test("A complete stream breaks none of these rules, with calls, several choices and usage after the end", async () => {
  expect(await findingsOf(toolCallRules, answer("hey", " you"))).toEqual([]);
  const calls = [call(0, "", "ask"), call(0, "{}"), call(1, "", "tell"), call(1, "{}"), call(0, "")];
  expect(await foundIn(...calls, finish("tool_calls"), usageChunk(), done)).toEqual([]);
  const second = [delta({ content: "b" }, 1), finish("length", 1)];
  expect(await foundIn(delta({ content: "a" }), finish("stop"), ...second, done)).toEqual([]);
});

test("Severities are those of the profile, and streams of other dialects are not checked", async () => {
  const input = stream(delta({ tool_calls: [{ index: 0 }] }));
  expect(await findingsOf(toolCallRules, input)).toMatchObject([{ severity: "error" }]);
  expect(await findingsOf(toolCallRules, input, "lenient")).toMatchObject([{ severity: "warning" }]);
  const foreign = data('{"type":"response.created","response":{}}') + input;
  expect(await findingsOf(toolCallRules, foreign)).toEqual([]);
});

describe("tool-call-unnamed", () => {
  test.each([
    [{ index: 0, function: { name: "ask", arguments: "" } }, "tool call 0 starts without id"],
    [{ index: 0, id: "call_1", function: { arguments: "" } }, "tool call 0 starts without name"],
    [{ index: 0, id: "call_1", function: { name: "", arguments: "" } }, "tool call 0 starts without name"],
    [{ index: 0, id: "null", function: { name: "ask" } }, "tool call 0 starts without id"],
    [{ index: 0 }, "tool call 0 starts without id and name"],
  ])("is found in a first fragment: %j", async (fragment, message) => {
    const input = stream(delta({ tool_calls: [fragment] }), call(0, "{}"), finish("tool_calls"));
    expect(await findingsOf(toolCallRules, input)).toMatchObject([{ rule: "tool-call-unnamed", event: 0, message }]);
  });

  test("is not found in calls of custom tools", async () => {
    const custom = { index: 0, id: "call_1", type: "custom", custom: { name: "ask", input: "" } };
    expect(await foundIn(delta({ tool_calls: [custom] }), finish("tool_calls"))).toEqual([]);
  });
});

describe("tool-call-id-changed", () => {
  test("is found once for each call", async () => {
    const rotating = [
      call(0, "{", "ask"),
      call(0, " ", "a"),
      call(0, " ", "b"),
      call(1, "{", "tell"),
      call(1, "}", "c"),
    ];
    expect(await foundIn(...rotating)).toEqual(["tool-call-id-changed at 1", "tool-call-id-changed at 4"]);
    const [finding] = await findingsOf(toolCallRules, stream(...rotating));
    expect(finding).toMatchObject({ expected: "call_ask", seen: "call_a" });
  });

  test("is not found if the id is repeated, or comes late", async () => {
    expect(await foundIn(call(0, "{", "ask"), call(0, "}", "ask"))).toEqual(["tool-call-name-repeated at 1"]);
    const nameless = delta({ tool_calls: [{ index: 0, function: { name: "ask", arguments: "" } }] });
    expect(await foundIn(nameless, call(0, "{}", "ask"))).toEqual([
      "tool-call-unnamed at 0",
      "tool-call-name-repeated at 1",
    ]);
  });
});

describe("tool-call-index-order", () => {
  test("is found at a gap and at a missing index, once per choice", async () => {
    const input = stream(call(0, "{}", "ask"), call(2, "{}", "tell"), call(4, "{}", "say"));
    expect(await findingsOf(toolCallRules, input)).toMatchObject([
      { rule: "tool-call-index-order", event: 1, expected: "1", seen: "2", severity: "warning" },
    ]);
    const bare = delta({ tool_calls: [{ id: "call_1", function: { name: "ask", arguments: "{}" } }] });
    expect(await findingsOf(toolCallRules, stream(bare))).toMatchObject([{ expected: "0", seen: null }]);
  });
});
