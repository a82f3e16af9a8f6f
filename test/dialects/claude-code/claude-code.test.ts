import { expect, test } from "vitest";
import { fixtureNamed } from "../../support/fixtures.ts";
import { reportOf } from "../../support/read-report.ts";

function linesOf(name: string): string[] {
  return Buffer.from(fixtureNamed(`claude-code/${name}.ndjson`).bytes)
    .toString()
    .trim()
    .split("\n");
}

test("A run with partial messages has each text once", async () => {
  const report = await reportOf(linesOf("partial-messages").join("\n"));
  expect(report).toMatchObject({ dialect: "claude-code", verdict: "completed", findings: [] });
  expect(report.responses).toMatchObject([{ text: "Low tide at nine.", usage: { inputTokens: 11, outputTokens: 7 } }]);
});

test("A run without them has its texts, thinking and calls, but not those of subagents", async () => {
  const report = await reportOf(linesOf("tools").join("\n"));
  expect(report).toMatchObject({ verdict: "completed", findings: [] });
  expect(report.responses).toMatchObject([
    {
      text: "Low tide at nine.",
      reasoning: "The table is in tides.md.",
      items: [{ type: "thinking" }, { type: "tool_use", name: "Read" }, { type: "text" }],
      usage: { inputTokens: 100, cachedInputTokens: 10, outputTokens: 40 },
    },
  ]);
});

test("A run without a result is cut, wherever it ends", async () => {
  const lines = linesOf("tools");
  for (let count = 1; count < lines.length; count += 1) {
    const { verdict } = await reportOf(lines.slice(0, count).join("\n"));
    expect({ count, verdict }).toEqual({ count, verdict: "truncated" });
  }
});

test("A result alone, as --output-format json prints it, has the text", async () => {
  const report = await reportOf(linesOf("tools").slice(-1).join("\n"), "--dialect", "claude-code");
  expect(report.responses).toMatchObject([{ verdict: "completed", text: "Low tide at nine." }]);
});

test.each([
  ["failed", '"subtype":"success","is_error":true,"result":"API Error: 500"', "API Error: 500"],
  ["failed", '"subtype":"error_during_execution","is_error":true,"errors":["gone"]', "gone"],
  ["incomplete", '"subtype":"error_max_turns","is_error":true', null],
])("A result is %s: %s", async (verdict, fields, message) => {
  const [init = ""] = linesOf("tools");
  const report = await reportOf(`${init}\n{"type":"result","session_id":"s",${fields},"usage":{"input_tokens":1}}`);
  expect(report.verdict).toBe(verdict);
  expect(report.responses[0]?.error?.message ?? null).toBe(message);
});
