import { describe, expect, test } from "vitest";
import { readCost, readServerTiming } from "../../../src/dialects/openai-chat/provider-figures.ts";
import { delta, done, finish, stream, usageChunk } from "../../support/chunks.ts";
import { run } from "../../support/io.ts";
import { reportOf } from "../../support/read-report.ts";

function timed(predicted_ms: number): object {
  return { timings: { prompt_ms: 1, predicted_ms } };
}

describe("The times of a server", () => {
  test("are llama.cpp's, in ms", () => {
    const timings = { prompt_n: 8, prompt_ms: 41.25, predicted_n: 3, predicted_ms: 60.5 };
    expect(readServerTiming({ timings }, { total_tokens: 1 })).toEqual({
      queueMs: null,
      loadMs: null,
      promptMs: 41.25,
      completionMs: 60.5,
      totalMs: null,
      raw: timings,
    });
  });

  test("are those of Groq's usage, in seconds", () => {
    const usage = { queue_time: 0.0415, prompt_time: 0.01, completion_time: 0.0466, total_time: 0.0566 };
    expect(readServerTiming({}, usage)).toEqual({
      queueMs: 41.5,
      loadMs: null,
      promptMs: 10,
      completionMs: 46.6,
      totalMs: 56.6,
      raw: usage,
    });
  });

  test("are Fireworks' and SambaNova's, in seconds, also if written as text", () => {
    const metrics = { "prompt-tokens": 5, "server-processing-time": "1.25" };
    expect(readServerTiming({ perf_metrics: metrics }, null)).toMatchObject({ totalMs: 1250, raw: metrics });
    expect(readServerTiming({}, { time_to_first_token: 0.13, total_latency: 0.3774 })).toMatchObject({
      totalMs: 377.4,
    });
  });

  test.each<[string, object, object | null]>([
    ["nothing", {}, null],
    ["a usage without them", {}, { prompt_tokens: 1 }],
    ["invalid times", { time_info: { queue_time: "a", prompt_time: -1, total_time: null } }, null],
  ])("are not read from %s", (_, chunk, usage) => {
    expect(readServerTiming({ ...chunk }, usage === null ? null : { ...usage })).toBeNull();
  });

  test("are the last ones; times per token are read at the end of the completion", async () => {
    const input = stream({ ...delta({ content: "a" }), ...timed(1) }, { ...finish("stop"), ...timed(2) }, done);
    const { responses } = await reportOf(input);
    expect(responses).toMatchObject([{ serverTiming: { completionMs: 2 } }]);
    const { stdout } = await run(["--format", "facts"], { stdin: [input] });
    expect(stdout.match(/"server-timing-reported"/g)).toHaveLength(1);
  });
});

describe("A cost", () => {
  test.each<[string, object, number, string | null]>([
    ["OpenRouter's", { cost: 0.95, cost_details: { upstream_inference_cost: 19 } }, 0.95, "credits"],
    ["the same without details", { cost: 0, is_byok: true }, 0, "credits"],
    ["Vercel's", { cost: 0.002, is_byok: false, market_cost: 0.003 }, 0.002, "USD"],
    ["xAI's", { cost_in_usd_ticks: 37_756_000 }, 37_756_000, "USD ticks"],
    ["Perplexity's", { cost: { request_cost: 0.005, total_cost: 0.006 } }, 0.006, "USD"],
    ["DeepInfra's", { estimated_cost: 0.0000268 }, 0.0000268, "USD"],
    ["LiteLLM's, which says no unit", { cost: 0.0001 }, 0.0001, null],
  ])("is reported unchanged: %s", (_, usage, amount, unit) => {
    expect(readCost({ ...usage })).toEqual({ amount, unit });
  });

  test.each<[string, object]>([
    ["none", {}],
    ["null", { cost: null }],
    ["one that is not a number", { cost: "free", estimated_cost: Number.NaN }],
    ["parts without a sum", { cost: { request_cost: 1 } }],
  ])("is not invented: %s", (_, usage) => {
    expect(readCost({ ...usage })).toBeNull();
  });

  test("can be expected", async () => {
    const counted = { ...usageChunk(), usage: { prompt_tokens: 1, cost: 0.02, cost_details: {} } };
    const stdin = [stream(delta({ content: "a" }), finish("stop"), counted, done)];
    const check = (expected: string) => run(["check", "--expect", expected], { stdin });
    expect((await check("cost<=0.05")).exitCode).toBe(0);
    expect((await check("cost.unit=credits")).exitCode).toBe(0);
    const { exitCode, stdout } = await check("cost<0.01");
    expect(stdout).toContain("expected cost<0.01, but it is 0.02");
    expect(exitCode).toBe(1);
    expect(
      (await run(["check", "--expect", "cost=null"], { stdin: [stream(finish("stop"), done)] })).stdout,
    ).not.toContain("expected cost");
  });

  test("is not in the report if it is not reported", async () => {
    const { responses } = await reportOf(stream(delta({ content: "a" }), finish("stop"), done));
    expect(Object.keys(responses[0] ?? {})).not.toEqual(expect.arrayContaining(["cost"]));
    expect(Object.keys(responses[0] ?? {})).not.toEqual(expect.arrayContaining(["serverTiming"]));
  });
});
