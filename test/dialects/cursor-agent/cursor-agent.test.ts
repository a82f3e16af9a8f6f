// Cases that the fixtures of cursor-agent do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";

type Line = Readonly<Record<string, unknown>>;

const session_id = "s1";
const INIT = { type: "system", subtype: "init", apiKeySource: "env", session_id, model: "m" };
const RESULT = { type: "result", subtype: "success", is_error: false, result: "Ebb.", session_id, request_id: "r" };

function said(text: string, more: Line = {}): Line {
  return { type: "assistant", message: { role: "assistant", content: [{ type: "text", text }] }, session_id, ...more };
}

function call(subtype: string, body: Line): Line {
  return { type: "tool_call", subtype, call_id: "c1", tool_call: body, session_id };
}

async function responseOf(...rows: readonly Line[]) {
  const report = await reportOf(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return { findings: report.findings, ...report.responses[0] };
}

test("Repeated texts are read once, but equal deltas are all read", async () => {
  const timestamp_ms = 1_774_846_267_000;
  const pieces = [said("ha", { timestamp_ms }), said("ha", { timestamp_ms })];
  const repeats = [said("haha", { timestamp_ms, model_call_id: "m1" }), said("haha")];
  expect(await responseOf(INIT, ...pieces, ...repeats, { ...RESULT, result: "haha" })).toMatchObject({
    text: "haha",
    findings: [],
  });
});

test("All complete messages are read, including equal ones", async () => {
  const { text, items } = await responseOf(
    INIT,
    said("Ebb."),
    call("started", { lsToolCall: {} }),
    said("Ebb."),
    RESULT,
  );
  expect(text).toBe("Ebb.Ebb.");
  expect(items).toMatchObject([{ type: "message" }, { type: "tool_call", name: "ls" }, { type: "message" }]);
});

test("A result alone, as --output-format json prints it, has the text", async () => {
  expect(await responseOf(RESULT)).toMatchObject({ verdict: "completed", text: "Ebb." });
});

test.each<[string, Line, string | null, string | undefined]>([
  ["text", { success: { content: "06:12" } }, "success", "06:12"],
  ["values", { success: { linesCreated: 2 } }, "success", '{"linesCreated":2}'],
  ["an error", { error: { message: "gone" } }, "error", "gone"],
  ["a refusal", { rejected: "no" }, "rejected", "no"],
  ["nothing", {}, null, undefined],
])("A call ends with %s", async (_, result, status, output) => {
  const args = { path: "a" };
  const lines = [call("started", { readToolCall: { args } }), call("completed", { readToolCall: { args, result } })];
  const { items } = await responseOf(INIT, ...lines, RESULT);
  expect(items?.[0]).toMatchObject({ name: "read", callId: "c1", status, arguments: '{"path":"a"}' });
  expect(items?.[0]?.output).toBe(output);
});

test.each<[string, Line]>([
  ["the first", INIT],
  ["a text", said("Ebb.")],
  ["a call", call("started", {})],
  ["a thought", { type: "thinking", subtype: "delta", text: "a", session_id }],
  ["the last", RESULT],
])("No other dialect claims a line: %s", (_, line) => {
  expect(claimantsOf(unnamed(line))).toEqual(["cursor-agent"]);
  expect(claimantsOf(unnamed({ ...line, session_id: undefined }))).toEqual([]);
});
