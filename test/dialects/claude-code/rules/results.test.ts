import { describe, expect, test } from "vitest";
import { resultRules } from "../../../../src/dialects/claude-code/rules/results.ts";
import { findingsOf } from "../../../rules/support/found.ts";

type Line = Readonly<Record<string, unknown>>;

const INIT = { type: "system", subtype: "init", session_id: "s", model: "m" };

function said(...texts: readonly string[]): Line {
  const content = texts.map((text) => ({ type: "text", text }));
  return { type: "assistant", session_id: "s", message: { id: "msg", content }, parent_tool_use_id: null };
}

const CALL = {
  type: "assistant",
  session_id: "s",
  message: { content: [{ type: "tool_use", id: "t", name: "Read" }] },
};

function result(text: unknown, more: Line = {}): Line {
  return { type: "result", subtype: "success", is_error: false, session_id: "s", result: text, ...more };
}

async function found(...lines: readonly Line[]) {
  return findingsOf(resultRules, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

describe("result-differs is found", () => {
  test.each<[string, readonly Line[]]>([
    ["if another text was sent", [INIT, said("Ebb at nine."), result("Ebb at ten.")]],
    ["if the end is missing", [INIT, said("Ebb at nine."), result("Ebb at")]],
    ["if it is an earlier text", [INIT, said("Let me look."), CALL, said("Ebb."), result("Let me look.")]],
    ["if it has more text", [INIT, said("Ebb."), result("Ebb. And flood.")]],
  ])("%s", async (_, lines) => {
    expect(await found(...lines)).toMatchObject([{ rule: "result-differs", severity: "warning" }]);
  });

  test("with both texts, once for each run", async () => {
    const run = [INIT, said("Ebb at nine."), result("Ebb at ten.")];
    const findings = await found(...run, ...run);
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringContaining("“Ebb at ten.” instead of “Ebb at nine.”"),
      expect.stringContaining("the text of result differs from the agent's last text"),
    ]);
  });
});

describe("result-differs is not found", () => {
  test.each<[string, readonly Line[]]>([
    ["if it is the last text", [INIT, said("Let me look."), CALL, said("Ebb."), result("Ebb.")]],
    ["if it is the last texts together", [INIT, said("Ebb ", "at nine."), result("Ebb at nine.")]],
    ["if there are spaces between them", [INIT, said("\nEbb\n", "\n at nine.\n"), result("Ebb\n\n at nine.")]],
    ["if spaces around it are removed", [INIT, said("\n\nEbb.\n"), result("Ebb.")]],
    ["if the run ends with a call", [INIT, said("Let me look."), CALL, result("")]],
    ["if there is no other text", [INIT, result("Ebb.")]],
    ["if it is an error", [INIT, said("Ebb."), result("API Error: 500", { is_error: true })]],
    ["if the run failed", [INIT, said("Ebb."), result("x", { subtype: "error_during_execution" })]],
    ["if the output is structured", [INIT, said("Ebb."), result("{}", { structured_output: { at: 9 } })]],
    ["if it is not a text", [INIT, said("Ebb."), result(7)]],
    ["if the beginning is missing", [said("at nine."), result("Ebb at nine.")]],
  ])("%s", async (_, lines) => {
    expect(await found(...lines)).toEqual([]);
  });
});
