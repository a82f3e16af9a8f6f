// Cases that the fixtures of codex do not cover.
import { expect, test } from "vitest";
import { claimantsOf } from "../../support/claims.ts";
import { unnamed } from "../../support/named-data.ts";
import { reportOf } from "../../support/read-report.ts";
import { data } from "../../support/stream.ts";

function stream(...payloads: readonly object[]): string {
  return payloads.map((payload) => data(JSON.stringify(payload))).join("");
}

const START = { type: "thread.started", thread_id: "thread-1" };
const TEXT = { type: "item.completed", item: { id: "item_0", type: "agent_message", text: "Ebb." } };
const END = { type: "turn.completed", usage: { input_tokens: 3, cached_input_tokens: 1, output_tokens: 2 } };

test("Each turn is a response of the thread", async () => {
  const turn = [{ type: "turn.started" }, TEXT, END];
  const report = await reportOf(stream(START, ...turn, ...turn));
  expect(report).toMatchObject({ dialect: "codex", verdict: "completed", findings: [] });
  expect(report.responses).toMatchObject([
    { id: "thread-1", text: "Ebb.", usage: { inputTokens: 3, cachedInputTokens: 1, outputTokens: 2 } },
    { text: "Ebb." },
  ]);
});

test("An error at the end fails the turn, and is an item of it", async () => {
  const report = await reportOf(stream(START, { type: "turn.started" }, { type: "error", message: "no" }));
  expect(report).toMatchObject({
    verdict: "failed",
    responses: [{ error: { message: "no" }, items: [{ type: "error", detail: "no" }] }],
  });
});

test.each([START, TEXT, END, { type: "turn.failed", error: { message: "no" } }])(
  "No other dialect claims the first event %j",
  (event) => {
    expect(claimantsOf(unnamed(event))).toEqual(["codex"]);
  },
);

test.each([{ type: "thread.started" }, { type: "turn.started" }, { type: "item.completed", item: {} }])(
  "No dialect claims an ambiguous event: %j",
  (event) => {
    expect(claimantsOf(unnamed(event))).toEqual([]);
  },
);
