// Cases that the fixtures of ernie do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";
import { data } from "../../support/stream.ts";

function stream(...payloads: readonly object[]): string {
  return payloads.map((payload) => data(JSON.stringify(payload))).join("");
}

const CHUNK = { id: "as-1", object: "chat.completion", sentence_id: 0, is_end: false, result: "Ebb." };

test.each([
  [{ finish_reason: "normal" }, "completed", null],
  [{ finish_reason: "stop" }, "completed", null],
  [{}, "completed", null],
  [{ finish_reason: "content_filter" }, "incomplete", "content_filter"],
  [{ finish_reason: "normal", is_truncated: true }, "incomplete", "is_truncated"],
  [{ finish_reason: "length", is_truncated: true }, "incomplete", "length"],
  [{ finish_reason: "normal", need_clear_history: true }, "refused", "need_clear_history"],
])("An end with %j is %s", async (end, verdict, reason) => {
  const { responses } = await reportOf(stream(CHUNK, { ...CHUNK, result: "", is_end: true, ...end }));
  expect(responses).toMatchObject([{ id: "as-1", verdict, reason, text: "Ebb." }]);
});

test("An error after the beginning fails the response, whatever its code", async () => {
  const report = await reportOf(stream(CHUNK, { error_code: 17, error_msg: "daily limit reached" }));
  expect(report).toMatchObject({ dialect: "ernie", verdict: "failed", responses: [{ error: { code: "17" } }] });
});

test("No other dialect claims the first event", () => {
  expect(claimantsOf(unnamed(CHUNK))).toEqual(["ernie"]);
});

test.each([{ is_end: true }, { result: "Ebb." }, { error_code: 17, error_msg: "no" }])(
  "No dialect claims %j",
  (event) => {
    expect(claimantsOf(unnamed(event))).toEqual([]);
  },
);
