// Cases that the fixtures of anthropic-completions do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";
import { data } from "../../support/stream.ts";

function stream(...payloads: readonly object[]): string {
  return payloads.map((payload) => data(JSON.stringify(payload))).join("");
}

const TEXT = { type: "completion", completion: " Ebb.", stop_reason: null, model: "claude-2.1" };

test.each([
  ["stop_sequence", "completed"],
  ["max_tokens", "incomplete"],
  ["unheard-of", "incomplete"],
])("The reason %s is %s", async (reason, verdict) => {
  const { responses } = await reportOf(stream(TEXT, { ...TEXT, completion: "", stop_reason: reason }));
  expect(responses).toMatchObject([{ verdict, status: reason, model: "claude-2.1", text: " Ebb." }]);
});

test("Claude on Bedrock sends chunks without a type", async () => {
  const pieces = [" Ebb", " and", " flow."].map((completion) => ({ completion, stop_reason: null }));
  const report = await reportOf(
    stream(...pieces, { completion: "", stop_reason: "stop_sequence", stop: "\n\nHuman:" }),
  );
  expect(report).toMatchObject({
    dialect: "anthropic-completions",
    verdict: "completed",
    responses: [{ text: " Ebb and flow." }],
  });
});

test("No other dialect claims the first event", () => {
  expect(claimantsOf(unnamed(TEXT))).toEqual(["anthropic-completions"]);
  expect(claimantsOf(unnamed({ completion: "a", stop_reason: null }))).toEqual(["anthropic-completions"]);
});

test.each([{ completion: "a" }, { type: "completion" }])("No dialect claims %j", (event) => {
  expect(claimantsOf(unnamed(event))).toEqual([]);
});
