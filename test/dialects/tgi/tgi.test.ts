import { expect, test } from "vitest";
import { data } from "../../support/stream.ts";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";

/** A token, and further fields of the last event. */
function token(text: string, last: object = {}): string {
  const value = {
    index: 1,
    token: { id: 5, text, logprob: -0.1, special: false },
    generated_text: null,
    details: null,
  };
  return data(JSON.stringify({ ...value, ...last }));
}

test("No other dialect claims a token", () => {
  const token = { id: 450, text: "The", logprob: -0.2, special: false };
  expect(claimantsOf(unnamed({ index: 1, token, generated_text: null }))).toEqual(["tgi"]);
});

test.each([
  ["eos_token", "completed", null],
  ["stop_sequence", "completed", null],
  ["length", "incomplete", "length"],
  ["something_new", "incomplete", "something_new"],
])("The finish reason %s is %s", async (word, verdict, reason) => {
  const details = { finish_reason: word, generated_tokens: 2 };
  const { responses } = await reportOf(token("a") + token("b", { generated_text: "ab", details }));
  expect(responses).toMatchObject([{ verdict, status: word, reason, text: "ab", usage: { outputTokens: 2 } }]);
});

test("Without details, which must be requested, the text ends the response, and there is no usage", async () => {
  const report = await reportOf(token("a") + token("b", { generated_text: "ab" }));
  expect(report).toMatchObject({ verdict: "completed", responses: [{ text: "ab", status: null, usage: null }] });
});

test("A text that begins with the prompt does not contradict the tokens", async () => {
  const details = { finish_reason: "eos_token", generated_tokens: 1 };
  const { responses, findings } = await reportOf(token("b", { generated_text: "prompt b", details }));
  expect({ text: responses[0]?.text, findings }).toEqual({ text: "b", findings: [] });
});

test("Special tokens are not in the text, and a response of only special tokens is complete", async () => {
  const special = { token: { id: 2, text: "</s>", logprob: 0, special: true }, generated_text: "" };
  const report = await reportOf(token("", special));
  expect(report).toMatchObject({ verdict: "completed", responses: [{ text: "", items: [{ type: "message" }] }] });
});
