// Cases that the fixtures of Titan do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";

function line(outputText: string, completionReason: string | null, more: object = {}): string {
  return `${JSON.stringify({ outputText, index: 0, completionReason, ...more })}\n`;
}

test.each([
  ["FINISH", "completed"],
  ["FINISHED", "completed"],
  ["STOP_CRITERIA_MET", "completed"],
  ["CONTENT_FILTERED", "refused"],
  ["LENGTH", "incomplete"],
  ["RAG_QUERY_WHEN_RAG_DISABLED", "incomplete"],
])("%s is %s", async (reason, verdict) => {
  expect(await reportOf(line("Low", null) + line(" tide", reason))).toMatchObject({ verdict });
});

test("Two results are two responses", async () => {
  const { responses } = await reportOf((line("Low", null) + line(" tide", "FINISH")).repeat(2));
  expect(responses.map(({ text }) => text)).toEqual(["Low tide", "Low tide"]);
});

test("Input from the cache is part of the input", async () => {
  const metrics = { inputTokenCount: 5, outputTokenCount: 3, cacheReadInputTokenCount: 20 };
  const { responses } = await reportOf(line("Low", "FINISH", { "amazon-bedrock-invocationMetrics": metrics }));
  expect(responses[0]?.usage).toMatchObject({ inputTokens: 25, cachedInputTokens: 20, outputTokens: 3 });
});

test("An event is recognised by its text and reason", () => {
  expect(claimantsOf(unnamed({ outputText: "a", completionReason: null }))).toEqual(["bedrock-titan"]);
  expect(claimantsOf(unnamed({ outputText: "a" }))).toEqual([]);
});
