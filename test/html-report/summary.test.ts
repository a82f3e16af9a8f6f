import { expect, test } from "vitest";
import { detailOfStream, summaryOf } from "../../src/html-report/summary.ts";
import { checkedOf, findingOf, responseOf } from "../reporters/support/checked.ts";
import { streamTimingWith, timingWith } from "../support/timing.ts";

const httpError = { status: 429, statusText: "Too Many Requests", contentType: null, location: null };

test.each([
  [checkedOf(), "good", "passed", null],
  [checkedOf([findingOf({ severity: "info" })]), "good", "passed", null],
  [checkedOf([findingOf({ severity: "warning" })]), "warning", "passed with warnings", null],
  [checkedOf([findingOf()], { checkCode: 1 }), "bad", "sequence-gap", null],
  [checkedOf([], { verdict: "truncated" }), "bad", "truncated", null],
  [checkedOf([], { verdict: "failed", error: { type: "t", code: "c", message: null } }), "bad", "failed", "c"],
  [checkedOf([], { verdict: "not-a-stream", http: httpError }), "bad", "not-a-stream", "HTTP 429"],
  [
    checkedOf([], { verdict: "incomplete", responses: [responseOf({ verdict: "incomplete", reason: "length" })] }),
    "warning",
    "incomplete",
    "length",
  ],
] as const)(
  "the cause of stream %# is its verdict, or the rule of its worst finding",
  (checked, tone, name, detail) => {
    expect(summaryOf(checked, "error").cause).toEqual({ tone, name, detail });
  },
);

test("a source that could not be read is a separate cause", () => {
  const checked = { ...checkedOf(), report: null, exitCode: 2 } as const;
  expect(summaryOf(checked, "error")).toMatchObject({
    end: "unreadable",
    cause: { name: "unreadable" },
    events: null,
  });
  expect(detailOfStream(checked, null)).toMatchObject({ rows: [], isWithoutRows: false });
});

test("a request through a tap is named by its number, its path and the model", () => {
  const request = { method: "POST", path: "/v1/responses", headers: {}, model: "m-1", stream: true };
  expect(summaryOf(checkedOf([], { request: { ...request, exchange: 3 } }), "error").asked).toMatch(
    /^#3 POST \/v1\/responses \S+$/,
  );
  expect(summaryOf(checkedOf([], { request }), "error").asked).toBe(null);
});

test("a stream whose response has no end has no total", () => {
  const timing = streamTimingWith({ totalMs: 104 });
  const response = responseOf({ verdict: "truncated", timing: timingWith() });
  const checked = checkedOf([], { verdict: "truncated", timing, responses: [response] });
  expect(summaryOf(checked, "error").totalMs).toBe(null);
});

test("responses omit texts, and the stream omits rows beyond the limit", () => {
  const detail = detailOfStream(checkedOf(), null);
  expect(JSON.stringify(detail.responses)).not.toContain("hey");
  expect(detail.isWithoutRows).toBe(true);
});
