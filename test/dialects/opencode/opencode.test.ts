// Cases that the fixtures of opencode do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";

type Line = Readonly<Record<string, unknown>>;

function line(type: string, part: Line, messageID = "msg_1"): Line {
  return { type, timestamp: 1_772_446_530_000, sessionID: "ses_1", part: { messageID, ...part } };
}

const START = line("step_start", { type: "step-start" });
const TEXT = line("text", { type: "text", text: "Ebb." });
const TOKENS = { input: 3, output: 2, reasoning: 1, cache: { read: 4, write: 5 } };

function finish(reason: string, more: Line = {}): Line {
  return line("step_finish", { type: "step-finish", reason, tokens: TOKENS, cost: 0.002, ...more });
}

function lines(...rows: readonly Line[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

test.each([
  ["stop", "completed"],
  ["length", "incomplete"],
  ["content-filter", "incomplete"],
  ["unknown", "incomplete"],
  ["error", "failed"],
])("The reason %s is %s", async (reason, verdict) => {
  const { responses } = await reportOf(lines(START, TEXT, finish(reason)));
  expect(responses).toMatchObject([{ id: "msg_1", verdict, status: reason, text: "Ebb." }]);
});

test("A step has its own tokens and its cost", async () => {
  const { responses } = await reportOf(lines(START, TEXT, finish("stop")));
  expect(responses).toMatchObject([
    {
      usage: { inputTokens: 12, cachedInputTokens: 4, outputTokens: 3, reasoningTokens: 1, totalTokens: 15 },
      cost: { amount: 0.002, unit: "USD" },
    },
  ]);
});

test("The step after calls is a separate response, and is expected", async () => {
  const begun = lines(START, finish("tool-calls"));
  expect(await reportOf(begun)).toMatchObject({ verdict: "truncated", responses: [{ id: "msg_1" }, { id: null }] });
  const next = [line("step_start", { type: "step-start" }, "msg_2"), TEXT, finish("stop")];
  expect(await reportOf(begun + lines(...next))).toMatchObject({
    verdict: "completed",
    responses: [{ id: "msg_1" }, { id: "msg_2", text: "Ebb." }],
  });
});

test("An error fails the step, with its message", async () => {
  const error = { name: "APIError", data: { message: "slow down" } };
  const report = await reportOf(lines(START, { type: "error", timestamp: 1, sessionID: "ses_1", error }));
  expect(report).toMatchObject({
    verdict: "failed",
    responses: [{ error: { type: "APIError", message: "slow down" } }],
  });
});

test.each<[string, Line]>([
  ["the first", START],
  ["a text", TEXT],
  ["a call", line("tool_use", { type: "tool", tool: "read", callID: "c", state: {} })],
  ["an error", { type: "error", timestamp: 1, sessionID: "ses_1", error: {} }],
  ["the last", finish("stop")],
])("No other dialect claims a line: %s", (_, value) => {
  expect(claimantsOf(unnamed(value))).toEqual(["opencode"]);
  expect(claimantsOf(unnamed({ ...value, sessionID: undefined }))).not.toContain("opencode");
});
