// Cases that the fixtures of gemini-live do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";
import { data } from "../../support/stream.ts";

function stream(...payloads: readonly object[]): string {
  return payloads.map((payload) => data(JSON.stringify(payload))).join("");
}

const SETUP = { setupComplete: {} };
const TEXT = { serverContent: { modelTurn: { parts: [{ text: "Ebb." }] } } };
const END = { serverContent: { turnComplete: true } };

test("Each turn is a response; a repeated end is not", async () => {
  const report = await reportOf(stream(SETUP, TEXT, END, END, TEXT, END));
  expect(report).toMatchObject({ verdict: "completed", findings: [] });
  expect(report.responses).toMatchObject([{ text: "Ebb." }, { text: "Ebb.", status: "turnComplete" }]);
});

test("An interrupted turn is incomplete, the next one is not", async () => {
  const { responses } = await reportOf(stream(TEXT, { serverContent: { interrupted: true } }, END, TEXT, END));
  expect(responses).toMatchObject([{ verdict: "incomplete", reason: "interrupted" }, { verdict: "completed" }]);
});

test.each([
  ["TURN_COMPLETE_REASON_UNSPECIFIED", "completed"],
  ["NEED_MORE_INPUT", "completed"],
  ["MALFORMED_FUNCTION_CALL", "incomplete"],
  ["RESPONSE_REJECTED", "refused"],
  ["PROHIBITED_INPUT_CONTENT", "refused"],
  ["INPUT_OTHER", "refused"],
  ["BLOCKLIST", "refused"],
  ["GENERATED_AUDIO_SAFETY", "refused"],
  ["OUTPUT_IMAGE_IP_PROHIBITED", "refused"],
  ["SOME_NEW_REASON", "incomplete"],
])("A turn that is complete because of %s is %s", async (turnCompleteReason, verdict) => {
  const report = await reportOf(stream(SETUP, TEXT, { serverContent: { turnComplete: true, turnCompleteReason } }));
  const reason = verdict === "completed" ? null : turnCompleteReason;
  expect(report.responses).toMatchObject([{ verdict, reason, status: "turnComplete" }]);
});

test("Tokens counted before a turn belong to no response", async () => {
  const { responses } = await reportOf(stream(SETUP, { usageMetadata: { promptTokenCount: 3 } }, TEXT, END));
  expect(responses).toMatchObject([{ usage: null }]);
});

test("The prompts of tools are input, thoughts are output", async () => {
  const usageMetadata = {
    promptTokenCount: 3,
    toolUsePromptTokenCount: 4,
    responseTokenCount: 5,
    thoughtsTokenCount: 6,
  };
  const { responses } = await reportOf(stream(TEXT, { ...END, usageMetadata }));
  expect(responses).toMatchObject([{ usage: { inputTokens: 7, outputTokens: 11, reasoningTokens: 6 } }]);
});

test.each([SETUP, TEXT, END, { toolCall: { functionCalls: [] } }])(
  "No other dialect claims the first event %j",
  (event) => {
    expect(claimantsOf(unnamed(event))).toEqual(["gemini-live"]);
  },
);

test.each([{ toolCall: {} }, { serverContent: "a" }, { usageMetadata: {} }])("It does not claim %j", (event) => {
  expect(claimantsOf(unnamed(event))).not.toContain("gemini-live");
});
