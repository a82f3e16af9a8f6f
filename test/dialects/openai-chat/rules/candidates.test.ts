// The rules on candidates, for the choices of chat completions.
import { describe, expect, test } from "vitest";
import { candidateRules } from "../../../../src/rules/general/candidates.ts";
import { answer, chunk, delta, done, finish, stream, usageChunk } from "../../../support/chunks.ts";
import { findingsOf } from "../../../rules/support/found.ts";

async function foundIn(...chunks: readonly (object | string)[]): Promise<string[]> {
  const findings = await findingsOf(candidateRules, stream(...chunks));
  return findings.map(({ rule, event }) => `${rule} at ${event}`);
}

test("A complete stream breaks none of these rules, with usage after the end and consecutive choices", async () => {
  expect(await findingsOf(candidateRules, answer("hey", " you"))).toEqual([]);
  const second = [delta({ content: "b" }, 1), finish("length", 1)];
  expect(await foundIn(delta({ content: "a" }), finish("stop"), ...second, usageChunk(), done)).toEqual([]);
});

describe("content-after-finish", () => {
  test.each([
    { content: "late" },
    { content: [{ type: "text", text: "late" }] },
    { refusal: "late" },
    { reasoning: "late" },
    { reasoning_content: "late" },
    { tool_calls: [{ index: 0, id: "call_1", function: { name: "ask", arguments: "" } }] },
    { function_call: { name: "ask" } },
  ])("is found if a delta comes late: %j", async (late) => {
    const input = stream(delta({ content: "a" }), finish("stop"), delta(late));
    const message = "choice 0 continues after it finished with stop";
    expect(await findingsOf(candidateRules, input)).toMatchObject([
      { rule: "content-after-finish", severity: "warning", event: 2, message },
    ]);
  });

  test("is found in legacy completions", async () => {
    expect(await foundIn(legacy("a", null), legacy("b", "stop"))).toEqual([]);
    expect(await foundIn(legacy("a", "stop"), legacy("b", null))).toEqual(["content-after-finish at 1"]);
  });

  test("is not found in empty deltas, or in the next response", async () => {
    const empty = delta({ role: "assistant", content: "", refusal: null, tool_calls: [] });
    const next = { ...delta({ role: "assistant", content: "b" }), id: "chatcmpl-2" };
    expect(await foundIn(delta({ content: "a" }), finish("stop"), empty, next, done)).toEqual([]);
    expect(
      await foundIn(delta({ content: "a" }), finish("stop"), done, delta({ role: "assistant", content: "b" })),
    ).toEqual([]);
  });
});

describe("finish-reason-changed", () => {
  test("is found if the second one differs, in the same choice", async () => {
    const input = stream(delta({ content: "a" }), finish("length"), finish("stop"), finish("stop"));
    expect(await findingsOf(candidateRules, input)).toMatchObject([
      { rule: "finish-reason-changed", event: 2, expected: "length", seen: "stop" },
    ]);
    expect(await foundIn(finish("stop"), finish("stop"))).toEqual([]);
    expect(await foundIn(chunk([]), finish("stop"), finish("length", 1))).toEqual([]);
  });
});

function legacy(text: string, reason: string | null): object {
  return { object: "text_completion", choices: [{ index: 0, text, finish_reason: reason }] };
}
