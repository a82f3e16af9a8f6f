// Cases that the fixtures of Llama do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";

function line(generation: string, count: number, reason: string | null): string {
  return `${JSON.stringify({ generation, generation_token_count: count, prompt_token_count: null, stop_reason: reason })}\n`;
}

test.each([
  ["stop", "completed"],
  ["length", "incomplete"],
  ["tide", "incomplete"],
])("%s is %s", async (reason, verdict) => {
  expect(await reportOf(line("Low", 1, null) + line(" tide", 2, reason))).toMatchObject({ verdict });
});

test("Tokens that are not reported are null", async () => {
  const { responses } = await reportOf(line("Low", 1, "stop"));
  expect(responses[0]?.usage).toMatchObject({ inputTokens: null, outputTokens: 1 });
});

test("An event is recognised by its text, count and reason", () => {
  const own = { generation: "a", generation_token_count: 1, stop_reason: null };
  expect(claimantsOf(unnamed(own))).toEqual(["bedrock-llama"]);
  expect(claimantsOf(unnamed({ generation: "a" }))).toEqual([]);
});
