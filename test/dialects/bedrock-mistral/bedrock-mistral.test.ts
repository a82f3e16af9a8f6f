// Cases that the fixtures of Mistral on Bedrock do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";

function line(text: string, reason: string | null): string {
  return `${JSON.stringify({ outputs: [{ text, stop_reason: reason }] })}\n`;
}

test.each([
  ["stop", "completed"],
  ["tool_calls", "completed"],
  ["length", "incomplete"],
  ["model_length", "incomplete"],
])("%s is %s", async (reason, verdict) => {
  expect(await reportOf(line("Low", null) + line(" tide", reason))).toMatchObject({ verdict });
});

test("A chat completion is Mistral's if it ends with stop_reason, otherwise OpenAI's", () => {
  const message = { role: "assistant", content: "a" };
  const object = "chat.completion.chunk";
  expect(claimantsOf(unnamed({ choices: [{ message, stop_reason: null }] }))).toEqual(["bedrock-mistral"]);
  expect(claimantsOf(unnamed({ object, choices: [{ message, stop_reason: null }] }))).toEqual(["bedrock-mistral"]);
  // vLLM sends both reasons.
  const both = { delta: message, finish_reason: null, stop_reason: null };
  expect(claimantsOf(unnamed({ object, choices: [both] }))).toEqual(["openai-chat"]);
  expect(claimantsOf(unnamed({ object, choices: [{ message, finish_reason: null, stop_reason: null }] }))).toEqual([
    "openai-chat",
  ]);
});
