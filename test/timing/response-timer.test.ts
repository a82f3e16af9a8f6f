import { describe, expect, test } from "vitest";
import type { Fact, Usage } from "../../src/model/facts.ts";
import { createResponseTimer } from "../../src/timing/response-timer.ts";
import { timingWith, gapsWith } from "../support/timing.ts";

type Step = readonly [atMs: number, ...facts: Fact[]];

const place = { response: 0, item: 0, part: 0 };
const text = (text: string): Fact => ({ type: "text-delta", ...place, text });
const reasoning: Fact = { type: "reasoning-delta", ...place, text: "so" };
const summary: Fact = { type: "reasoning-summary-delta", ...place, text: "so" };
const toolInput: Fact = { type: "tool-input-delta", ...place, text: "{" };

function timingOf(steps: readonly Step[], usage: Usage | null = null) {
  const timer = createResponseTimer();
  for (const [index, [atMs, ...facts]] of steps.entries()) {
    const event = {
      type: "event",
      event: "e",
      data: "",
      lastEventId: "",
      index,
      line: 1,
      offset: 0,
      length: 1,
    } as const;
    timer.read({ event, eventType: `type-${index}`, facts, atMs });
  }
  return timer.report(usage, true);
}

function usageOf(outputTokens: number | null, reasoningTokens: number | null): Usage {
  return { inputTokens: 1, cachedInputTokens: null, outputTokens, reasoningTokens, totalTokens: null, raw: {} };
}

test("The first token is the first text of any kind; the first text is a visible one.", () => {
  const timing = timingOf([[10], [20, reasoning], [30, toolInput], [40, text("")], [50, text("h")], [90]]);
  expect(timing).toMatchObject({ ttftMs: 20, firstTextMs: 50, generationMs: 30, totalMs: 90 });
});

test("A response without tokens has no token times.", () => {
  const gapMs = gapsWith({ p50: 10, p95: 10, p99: 10, max: 10, maxAfter: { event: 0, eventType: "type-0" } });
  expect(timingOf([[10], [20]], usageOf(5, 0))).toEqual(timingWith({ gapMs, totalMs: 20 }));
});

describe("Tokens per second", () => {
  const said: readonly Step[] = [
    [1000, text("a")],
    [3000, text("b")],
  ];
  const thought: readonly Step[] = [[500, reasoning], ...said];
  const summarized: readonly Step[] = [[500, summary], ...said];

  test.each<[string, readonly Step[], Usage | null, number | null, boolean | null]>([
    ["are null without usage", said, null, null, null],
    ["are null if no output is reported", said, usageOf(null, null), null, null],
    ["are null if everything arrived at once", [[1000, text("ab")]], usageOf(10, 0), null, null],
    ["count all tokens if reasoning tokens are not reported", said, usageOf(10, null), 5, null],
    ["leave out reasoning that was not streamed", said, usageOf(110, 100), 5, false],
    ["count reasoning that was streamed, from its first token", thought, usageOf(110, 100), 44, true],
    ["count reasoning of which a summary was streamed", summarized, usageOf(110, 100), 44, true],
    ["have no rate if more reasoning than output is reported", said, usageOf(10, 20), null, null],
    ["have no rate if 0 tokens are reported", said, usageOf(0, 0), null, null],
  ])("%s", (_, steps, usage, rate, hasReasoning) => {
    const { outputTokensPerSecond, rateHasReasoning } = timingOf(steps, usage);
    expect([outputTokensPerSecond, rateHasReasoning]).toEqual([rate, hasReasoning]);
  });
});
