// Measures the times of one response.
import { isTextDelta, kindOf, type Fact, type TextDelta, type Usage } from "../model/facts.ts";
import type { Listener } from "../model/listener.ts";
import type { Reading } from "../model/reading.ts";
import type { Stretch } from "../model/stretch.ts";
import { createReadMeter } from "./reads.ts";
import { type ResponseTiming, roundMs } from "../model/timing.ts";

/** Receives the events of its response. */
export interface ResponseTimer extends Listener {
  read(reading: Pick<Reading, "event" | "eventType" | "facts" | "atMs">): void;
  stretch(stretch: Stretch): void;
  /** The source ended at `endMs` without an end of the response: the silence until then is a gap. Called once. */
  endUnfinished(endMs: number): void;
  /** `isFinished`: the response has ended. */
  report(usage: Usage | null, isFinished: boolean): ResponseTiming;
}

const SECOND_MS = 1000;

export function createResponseTimer(): ResponseTimer {
  const meter = createReadMeter();
  let firstTokenAtMs: number | null = null;
  let lastTokenAtMs: number | null = null;
  let firstTextAtMs: number | null = null;
  let hasReasoning = false;

  function readToken(delta: TextDelta, atMs: number): void {
    firstTokenAtMs ??= atMs;
    lastTokenAtMs = atMs;
    const kind = kindOf(delta);
    if (kind === "text") firstTextAtMs ??= atMs;
    hasReasoning ||= kind === "reasoning" || kind === "reasoning-summary";
  }

  return {
    read({ event, eventType, facts, atMs }) {
      if (atMs === null) return;
      meter.add(event.index, eventType, atMs, 1);
      for (const fact of facts) if (isToken(fact)) readToken(fact, atMs);
    },
    stretch({ like: { facts, eventType, atMs }, last, events }) {
      if (atMs === null) return;
      meter.add(last.index, eventType, atMs, events);
      for (const fact of facts) if (isToken(fact)) readToken(fact, atMs);
    },
    endUnfinished(endMs) {
      meter.end(endMs);
    },
    report(usage, isFinished) {
      const generationMs = firstTokenAtMs === null || lastTokenAtMs === null ? null : lastTokenAtMs - firstTokenAtMs;
      return {
        ttftMs: roundMs(firstTokenAtMs),
        firstTextMs: roundMs(firstTextAtMs),
        gapMs: meter.gaps(),
        generationMs: roundMs(generationMs),
        ...rateOf(usage, generationMs, hasReasoning),
        totalMs: isFinished ? roundMs(meter.lastAtMs()) : null,
      };
    },
  };
}

/** Whether a fact carries model output: the first one is the first token. */
function isToken(fact: Fact): fact is TextDelta {
  return isTextDelta(fact) && fact.text !== "";
}

type Rate = Pick<ResponseTiming, "outputTokensPerSecond" | "rateHasReasoning">;
const NO_RATE: Rate = { outputTokensPerSecond: null, rateHasReasoning: null };

/**
 * Reasoning that was not streamed was generated before the first token, so its tokens do not count towards the rate. 0
 * tokens have no rate: servers report 0 for tokens that they did not count.
 */
function rateOf(usage: Usage | null, generationMs: number | null, hasReasoning: boolean): Rate {
  const output = usage?.outputTokens ?? null;
  const reasoning = usage?.reasoningTokens ?? null;
  if (output === null || generationMs === null || generationMs === 0) return NO_RATE;
  const tokens = hasReasoning ? output : Math.max(output - (reasoning ?? 0), 0);
  if (tokens === 0) return NO_RATE;
  const rateHasReasoning = hasReasoning ? true : reasoning === null ? null : false;
  return { outputTokensPerSecond: roundMs((tokens * SECOND_MS) / generationMs), rateHasReasoning };
}
