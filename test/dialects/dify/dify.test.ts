// Cases that the fixtures of dify do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";
import { data } from "../../support/stream.ts";

function stream(...payloads: readonly object[]): string {
  return payloads.map((payload) => data(JSON.stringify(payload))).join("");
}

const TASK = { task_id: "task-1", message_id: "msg-1" };
const MESSAGE = { event: "message", answer: "Ebb.", ...TASK };
const RUN = { task_id: "task-1", workflow_run_id: "run-1" };
const START = { event: "workflow_started", ...RUN, data: { id: "run-1" } };

test.each([
  ["succeeded", "completed"],
  ["partial-succeeded", "completed"],
  ["stopped", "incomplete"],
  ["failed", "failed"],
  ["unheard-of", "completed"],
])("A workflow that is %s is %s", async (status, verdict) => {
  const end = { event: "workflow_finished", ...RUN, data: { status, outputs: { text: "Ebb." } } };
  const { responses } = await reportOf(stream(START, end));
  expect(responses).toMatchObject([{ id: "run-1", verdict, status, text: verdict === "completed" ? "Ebb." : "" }]);
});

test("The workflow of a message can fail after the message's end", async () => {
  const end = { event: "workflow_finished", ...RUN, data: { status: "failed", error: "no" } };
  const report = await reportOf(stream(START, MESSAGE, { event: "message_end", ...TASK }, end));
  expect(report.responses).toMatchObject([{ verdict: "failed", text: "Ebb.", error: { message: "no" } }]);
});

test("A workflow that waits for a person is completed, with its question", async () => {
  const asked = { event: "human_input_required", ...RUN, data: { form_content: "Is it right?" } };
  const report = await reportOf(stream(START, asked, { event: "workflow_paused", ...RUN, data: {} }));
  expect(report).toMatchObject({
    verdict: "completed",
    responses: [{ status: "paused", text: "Is it right?" }],
    findings: [],
  });
});

test("The error of a run that did not begin is claimed, although it has no ids", () => {
  const error = { event: "error", status: 500, code: "invoke_error", message: "no" };
  expect(claimantsOf(unnamed({ ...error, workflow_run_id: null }))).toEqual(["dify"]);
  expect(claimantsOf(unnamed(error))).toEqual([]);
});

test("Two tasks are two responses", async () => {
  const end = { event: "message_end", ...TASK };
  const report = await reportOf(stream(MESSAGE, end, MESSAGE, end));
  expect(report).toMatchObject({ responses: [{ text: "Ebb." }, { text: "Ebb." }], findings: [] });
});

test.each([START, MESSAGE, { event: "agent_thought", ...TASK }, { event: "error", ...TASK, code: "a", message: "no" }])(
  "No other dialect claims the first event %j",
  (event) => {
    expect(claimantsOf(unnamed(event))).toEqual(["dify"]);
  },
);

test.each([
  { event: "message", answer: "Ebb." },
  { event: "error", message: "no" },
  { event: "end", task_id: "a" },
])("No dialect claims an event of other protocols: %j", (event) => {
  expect(claimantsOf(unnamed(event))).toEqual([]);
});
