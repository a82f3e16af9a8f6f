// Cases that the fixtures of gemini-cli do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";

type Line = Readonly<Record<string, unknown>>;

const timestamp = "2026-03-02T10:15:30.000Z";
const INIT = { type: "init", timestamp, session_id: "s1", model: "gemini-2.5-pro" };
const TEXT = { type: "message", timestamp, role: "assistant", content: "Ebb.", delta: true };

function lines(...rows: readonly Line[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

function result(more: Line): Line {
  return { type: "result", timestamp, stats: { total_tokens: 5, input_tokens: 4, output_tokens: 1 }, ...more };
}

test.each<[string, Line, string, string | null]>([
  ["success", { status: "success" }, "completed", null],
  ["an error", { status: "error", error: { type: "Error", message: "no" } }, "failed", null],
  ["an error without a message", { status: "error" }, "failed", null],
  ["a limit", { status: "error", error: { type: "FatalTurnLimitedError" } }, "incomplete", "FatalTurnLimitedError"],
  ["a stop", { status: "error", error: { type: "FatalCancellationError" } }, "incomplete", "FatalCancellationError"],
])("A run that ends with %s has its verdict", async (_, end, verdict, reason) => {
  const { responses } = await reportOf(lines(INIT, TEXT, result(end)));
  expect(responses).toMatchObject([{ id: "s1", model: "gemini-2.5-pro", verdict, reason, text: "Ebb." }]);
});

test("Output is not reported if thoughts are counted only in the total", async () => {
  const stats = { total_tokens: 90, input_tokens: 40, output_tokens: 10, cached: 7 };
  const { responses, findings } = await reportOf(lines(INIT, TEXT, result({ status: "success", stats })));
  expect(responses[0]?.usage).toMatchObject({
    inputTokens: 40,
    cachedInputTokens: 7,
    outputTokens: null,
    totalTokens: 90,
    raw: stats,
  });
  expect(findings).toEqual([]);
});

test("A session with two runs has two responses", async () => {
  const run = [INIT, TEXT, result({ status: "success" })];
  expect(await reportOf(lines(...run, ...run))).toMatchObject({ verdict: "completed", responses: [{}, {}] });
});

test.each<[string, Line]>([
  ["the first", INIT],
  ["a text", TEXT],
  ["a call", { type: "tool_use", timestamp, tool_name: "ls", tool_id: "ls-1", parameters: {} }],
  ["its result", { type: "tool_result", timestamp, tool_id: "ls-1", status: "success" }],
  ["a warning", { type: "error", timestamp, severity: "warning", message: "Loop detected" }],
  ["the last", result({ status: "success" })],
])("No other dialect claims a line: %s", (_, line) => {
  expect(claimantsOf(unnamed(line))).toEqual(["gemini-cli"]);
  expect(claimantsOf(unnamed({ ...line, timestamp: undefined }))).not.toContain("gemini-cli");
});
