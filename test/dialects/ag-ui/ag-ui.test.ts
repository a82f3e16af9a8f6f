// Cases that the fixtures of ag-ui do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";
import { data } from "../../support/stream.ts";

function stream(...payloads: readonly object[]): string {
  return payloads.map((payload) => data(JSON.stringify(payload))).join("");
}

const START = { type: "RUN_STARTED", threadId: "thread_1", runId: "run_1" };
const END = { type: "RUN_FINISHED", threadId: "thread_1", runId: "run_1" };
const CHUNK = { type: "TEXT_MESSAGE_CHUNK", messageId: "msg_1", role: "assistant", delta: "Ebb." };

test.each([
  [{}, null],
  [{ outcome: "success" }, "success"],
  [{ outcome: { type: "interrupt", interrupts: [] } }, "interrupt"],
])("A run that finishes with %j is completed", async (end, status) => {
  const report = await reportOf(stream(START, CHUNK, { ...END, ...end }));
  expect(report.responses).toMatchObject([{ id: "run_1", verdict: "completed", status, text: "Ebb." }]);
  expect(report.findings).toEqual([]);
});

test("Two runs are two responses", async () => {
  const report = await reportOf(
    stream(START, CHUNK, END, { ...START, runId: "run_2" }, CHUNK, { ...END, runId: "run_2" }),
  );
  expect(report.responses).toMatchObject([{ id: "run_1" }, { id: "run_2", text: "Ebb." }]);
  expect(report.findings).toEqual([]);
});

test("Messages of the user are not part of the response", async () => {
  const message = { messageId: "msg_u" };
  const { responses } = await reportOf(
    stream(
      START,
      { type: "TEXT_MESSAGE_START", role: "user", ...message },
      { type: "TEXT_MESSAGE_CONTENT", delta: "When?", ...message },
      { type: "TEXT_MESSAGE_END", ...message },
      CHUNK,
      END,
    ),
  );
  expect(responses).toMatchObject([{ text: "Ebb." }]);
});

test.each([
  ["a run that begins with a text", [CHUNK, END], "run-order"],
  ["a run that begins twice", [START, START, CHUNK, END], "run-order"],
  ["a call that never began", [START, { type: "TOOL_CALL_END", toolCallId: "call_1" }, CHUNK, END], "part-not-begun"],
  ["an event after the end", [START, CHUNK, END, CHUNK], "event-after-terminal"],
  ["a field in snake_case", [{ ...START, runId: undefined, run_id: "run_1" }, CHUNK, END], "run-field-missing"],
])("Found: %s", async (_, payloads, rule) => {
  expect((await reportOf(stream(...payloads))).findingCounts).toHaveProperty(rule);
});

test.each([
  START,
  { type: "RunStarted", threadId: "thread_1", runId: "run_1" },
  { type: "RUN_ERROR", message: "no" },
  { type: "STATE_SNAPSHOT", snapshot: {} },
])("No other dialect claims the first event %j", (event) => {
  expect(claimantsOf(unnamed(event))).toEqual(["ag-ui"]);
});

test.each([
  { type: "CUSTOM", name: "a", value: 1 },
  { type: "run_started", runId: "run_1" },
  { event: "RunStarted", run_id: "run_1" },
])("No dialect claims an event of other protocols: %j", (event) => {
  expect(claimantsOf(unnamed(event))).toEqual([]);
});
