// Cases that the fixtures of openai-realtime do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";

function stream(...payloads: readonly object[]): string {
  return payloads.map((payload, index) => `${JSON.stringify({ ...payload, event_id: `event_${index}` })}\n`).join("");
}

const START = {
  type: "response.created",
  response: { object: "realtime.response", id: "resp_1", status: "in_progress" },
};
const TEXT = { type: "response.output_text.delta", output_index: 0, content_index: 0, delta: "Ebb." };

function done(status: string, details: object | null = null): object {
  const usage = { input_tokens: 2, output_tokens: 1, total_tokens: 3 };
  const response = { object: "realtime.response", id: "resp_1", status, status_details: details, output: [], usage };
  return { type: "response.done", response };
}

test.each([
  ["completed", "completed", null],
  ["cancelled", "incomplete", "turn_detected"],
  ["incomplete", "incomplete", "content_filter"],
  ["failed", "failed", "failed"],
  ["of_the_future", "incomplete", "of_the_future"],
])("The status %s is %s", async (status, verdict, reason) => {
  const { responses } = await reportOf(stream(START, TEXT, done(status, reason === status ? null : { reason })));
  expect(responses).toMatchObject([{ id: "resp_1", verdict, status, reason, text: "Ebb." }]);
});

test("Each turn of a session is a response", async () => {
  const second = { type: "response.created", response: { object: "realtime.response", id: "resp_2" } };
  const report = await reportOf(stream(START, TEXT, done("completed"), second, TEXT));
  expect(report.verdict).toBe("truncated");
  expect(report.responses.map(({ id, text }) => [id, text])).toEqual([
    ["resp_1", "Ebb."],
    ["resp_2", "Ebb."],
  ]);
});

test("An error in the stream fails the response", async () => {
  const error = { type: "invalid_request_error", code: "overloaded", message: "slow down" };
  const report = await reportOf(stream(START, { type: "error", error }));
  expect(report).toMatchObject({ verdict: "failed", responses: [{ error }] });
});

test("No other dialect claims its events, and it claims none of the Responses API", () => {
  expect(claimantsOf(unnamed({ ...START, event_id: "event_1" }))).toEqual(["openai-realtime"]);
  expect(claimantsOf(unnamed({ ...TEXT, event_id: "event_1" }))).toEqual(["openai-realtime"]);
  const session = { object: "realtime.session", model: "gpt-realtime" };
  expect(claimantsOf(unnamed({ type: "session.created", event_id: "event_1", session }))).toEqual(["openai-realtime"]);
  expect(claimantsOf(unnamed({ ...TEXT, sequence_number: 4 }))).toEqual(["openai-responses"]);
  expect(claimantsOf(unnamed(done("completed")))).toEqual(["openai-realtime"]);
});
