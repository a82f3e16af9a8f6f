import type { GapTiming, ResponseTiming, StreamTiming } from "../../src/model/timing.ts";

export function gapsWith(given: Partial<GapTiming> = {}): GapTiming {
  return { p50: null, p95: null, p99: null, max: null, maxAfter: null, ...given };
}

/** The timing of a response without events, except for the given fields. */
export function timingWith(given: Partial<ResponseTiming> = {}): ResponseTiming {
  return {
    ttftMs: null,
    firstTextMs: null,
    gapMs: gapsWith(),
    generationMs: null,
    outputTokensPerSecond: null,
    rateHasReasoning: null,
    totalMs: null,
    ...given,
  };
}

/** The timing of a stream without events, except for the given fields. */
export function streamTimingWith(given: Partial<StreamTiming> = {}): StreamTiming {
  return {
    connectMs: null,
    tlsMs: null,
    ttfbMs: null,
    firstEventMs: null,
    gapMs: gapsWith(),
    reads: { count: 0, eventsPerRead: { p50: null, max: null } },
    lastEvent: null,
    silenceAtEndMs: null,
    totalMs: null,
    heldBackMs: 0,
    slices: null,
    ...given,
  };
}
