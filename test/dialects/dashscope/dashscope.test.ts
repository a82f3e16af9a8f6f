// Cases that the fixtures of dashscope do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";
import { data } from "../../support/stream.ts";

function stream(...payloads: readonly object[]): string {
  return payloads.map((payload) => data(JSON.stringify(payload))).join("");
}

function result(text: string, reason = "null"): object {
  return { output: { text, finish_reason: reason }, request_id: "req-1" };
}

test.each([
  ["stop", "completed"],
  ["tool_calls", "completed"],
  ["length", "incomplete"],
  ["unheard-of", "incomplete"],
])("The reason %s is %s", async (reason, verdict) => {
  const { responses } = await reportOf(stream(result("Ebb."), result("", reason)));
  expect(responses).toMatchObject([{ id: "req-1", verdict, status: reason, text: "Ebb." }]);
});

test("Vision models send text in parts, and applications report the usage of each model", async () => {
  const message = { role: "assistant", content: [{ text: "Ebb." }] };
  const usage = {
    models: [
      { model_id: "a", input_tokens: 5, output_tokens: 2 },
      { input_tokens: 1, output_tokens: 1 },
    ],
  };
  const last = { output: { choices: [{ message, finish_reason: "stop" }] }, usage, request_id: "req-1" };
  const { responses } = await reportOf(stream(last));
  expect(responses).toMatchObject([{ text: "Ebb.", usage: { inputTokens: 6, outputTokens: 3 } }]);
});

test("An error as the first event is claimed by its name", () => {
  const error = JSON.stringify({ code: "InvalidApiKey", message: "no", request_id: "req-1" });
  expect(claimantsOf({ event: "error", data: error })).toEqual(["dashscope"]);
  expect(claimantsOf({ event: "message", data: error })).toEqual([]);
});

test("No other dialect claims the first event", () => {
  expect(claimantsOf(unnamed(result("")))).toEqual(["dashscope"]);
  expect(claimantsOf(unnamed({ output: { text: "" } }))).toEqual([]);
});
