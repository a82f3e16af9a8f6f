// Cases that the fixtures of cohere-v1 do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";
import { data } from "../../support/stream.ts";

function stream(...payloads: readonly object[]): string {
  return payloads.map((payload) => data(JSON.stringify(payload))).join("");
}

const START = { is_finished: false, event_type: "stream-start", generation_id: "gen-1" };
const TEXT = { is_finished: false, event_type: "text-generation", text: "Ebb." };

test.each([
  ["COMPLETE", "completed"],
  ["STOP_SEQUENCE", "completed"],
  ["TOOL_CALL", "completed"],
  ["ERROR_TOXIC", "refused"],
  ["MAX_TOKENS", "incomplete"],
  ["ERROR_LIMIT", "incomplete"],
  ["USER_CANCEL", "incomplete"],
  ["ERROR", "failed"],
])("The reason %s is %s", async (reason, verdict) => {
  const end = { is_finished: true, event_type: "stream-end", finish_reason: reason, response: {} };
  const { responses } = await reportOf(stream(START, TEXT, end));
  expect(responses).toMatchObject([{ id: "gen-1", verdict, status: reason, text: "Ebb." }]);
});

test("Calls and texts without deltas are read", async () => {
  const calls = {
    is_finished: false,
    event_type: "tool-calls-generation",
    tool_calls: [{ name: "a", parameters: { b: 1 } }],
  };
  const end = { is_finished: true, event_type: "stream-end", finish_reason: "COMPLETE", response: { text: "Ebb." } };
  const { responses } = await reportOf(stream(START, calls, end));
  expect(responses).toMatchObject([
    { text: "Ebb.", items: [{ name: "a", arguments: '{"b":1}' }, { type: "message" }] },
  ]);
});

test("An error without an end fails the response", async () => {
  const report = await reportOf(stream(START, { message: "slow down" }));
  expect(report).toMatchObject({ verdict: "failed", responses: [{ error: { message: "slow down" } }] });
});

test.each([START, TEXT, { text: "Ebb.", is_finished: false }])(
  "No other dialect claims the first event %j",
  (event) => {
    expect(claimantsOf(unnamed(event))).toEqual(["cohere-v1"]);
  },
);

test.each([{ event_type: "text-generation", text: "a" }, { is_finished: true }])("No dialect claims %j", (event) => {
  expect(claimantsOf(unnamed(event))).toEqual([]);
});
