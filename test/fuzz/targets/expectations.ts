// Typed values: expectations, and values of options that have a grammar.
import { fixtureNamed } from "../../support/fixtures.ts";
import { changes } from "../changes.ts";
import { describe, perform } from "../perform.ts";
import type { Target } from "../target.ts";
import type { Output } from "../trial.ts";

const { path: hey } = fixtureNamed("openai-responses/hey.sse");
const { path: call } = fixtureNamed("openai-responses/function-call.sse");

const LINES: Readonly<Record<string, readonly string[]>> = {
  "--expect": [
    "status=completed",
    "usage.outputTokens<=500",
    "text~/hey|hi/i",
    "text~/^(?:a|[b-d]{2,3})+$/",
    "ttft<=2s",
    "tool=get_weather",
    "tool.get_weather.arguments.location=Paris",
    "output[0].type!=message",
    "model~gpt",
  ],
  "--grep": ["delta", "/time.?out/i", "/(a|b)+$/", "/\\u{1f44b}/u"],
  "--range": ["3", "1-5", "4-", "-2"],
  "--only": ["text", "tool,error", "finding"],
  "--rule": ["sequence-gap=off", "no-terminal=warning"],
  "--stall-threshold": ["15s", "500ms"],
  "--max-event-size": ["64m", "100"],
};

/** `OPTION VALUE` on each line. */
function typed(argv: readonly string[], accepted: readonly string[]): Output["of"] {
  return async (input) => {
    const outputs: string[] = [];
    for (const line of Buffer.from(input).toString("utf8").split("\n")) {
      const [, option = "", value = ""] = /^(--[a-z-]+) (.*)$/s.exec(line) ?? [];
      if (!accepted.includes(option)) continue;
      const done = await perform([...argv, option, value], { inputBytes: input.length, terminalColumns: 80 });
      outputs.push(describe(done));
    }
    return outputs.join("\n");
  };
}

export const expectations: Target = {
  name: "expectations",
  models: Object.entries(LINES).map(([option, values]) => ({
    name: option,
    path: "",
    bytes: Buffer.from(values.map((value) => `${option} ${value}\n`).join("")),
  })),
  changes,
  trials: [
    {
      name: "check",
      outputs: [
        {
          way: "typed",
          of: typed(
            ["check", "--no-config", hey, call],
            ["--expect", "--rule", "--stall-threshold", "--max-event-size"],
          ),
        },
      ],
    },
    {
      name: "read",
      outputs: [{ way: "typed", of: typed([call], ["--grep", "--range", "--only", "--max-event-size"]) }],
    },
  ],
  trialsEach: 2,
};
