// What each dialect reports besides tokens; Chat Completions have their own test.
import { expect, test } from "vitest";
import { reportOf } from "../../support/read-report.ts";
import { data } from "../../support/stream.ts";

async function responseOf(...payloads: readonly object[]) {
  const { responses } = await reportOf(payloads.map((payload) => data(JSON.stringify(payload))).join(""));
  return responses[0];
}

test("A response of the Responses API has the cost of its usage", async () => {
  const usage = { input_tokens: 1, output_tokens: 1, total_tokens: 2, cost_in_usd_ticks: 123_456 };
  const response = { id: "resp_1", object: "response", status: "completed", output: [], usage };
  expect(await responseOf({ type: "response.completed", response, sequence_number: 0 })).toMatchObject({
    cost: { amount: 123_456, unit: "USD ticks" },
  });
});

test("A message has the cost that a gateway adds to its last usage", async () => {
  const message = { id: "msg_1", type: "message", role: "assistant", content: [], usage: { input_tokens: 1 } };
  const events = [
    { type: "message_start", message },
    { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 1, cost: 0.0004 } },
    { type: "message_stop", "amazon-bedrock-invocationMetrics": { invocationLatency: 812, firstByteLatency: 300 } },
  ];
  expect(await responseOf(...events)).toMatchObject({
    cost: { amount: 0.0004, unit: null },
    serverTiming: { totalMs: 812, queueMs: null },
  });
});

test("Durations of Ollama are in nanoseconds", async () => {
  const line = { model: "m", created_at: "2026-03-02T10:15:30Z", message: { content: "Ebb." }, done: true };
  const durations = { total_duration: 5_191_566_416, load_duration: 2_154_458, prompt_eval_duration: 383_809_000 };
  expect(await responseOf({ ...line, ...durations, eval_count: 1 })).toMatchObject({
    serverTiming: { totalMs: 5191.566, loadMs: 2.154, promptMs: 383.809, completionMs: null, queueMs: null },
  });
});

test("A message of Dify has its price in its currency, and its latency", async () => {
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_price: "0.0012890", currency: "USD", latency: 1.25 };
  const ids = { task_id: "t", message_id: "m", conversation_id: "c" };
  const events = [
    { event: "message", ...ids, answer: "Ebb." },
    { event: "message_end", ...ids, metadata: { usage } },
  ];
  expect(await responseOf(...events)).toMatchObject({
    cost: { amount: 0.001289, unit: "USD" },
    serverTiming: { totalMs: 1250 },
  });
});
