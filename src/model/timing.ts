// Definitions of all measured times, once, in the words of README and `--help`, so that numbers of different runs and
// tools can be compared. The time of an event is that of the read that completed it.
import type { Count, Index, LineNumber, Milliseconds } from "./numbers.ts";

/**
 * In ms since the source was opened, or in a log since the stream's first line; null if the measured event did not arrive.
 * The time of an event is that of the chunk that completed it.
 * @title Timing of a response
 */
export interface ResponseTiming {
  /** Time to first token: to the first event that carries text, reasoning, a refusal, code or tool arguments. */
  readonly ttftMs: Milliseconds | null;
  /** To the first event that carries visible text. */
  readonly firstTextMs: Milliseconds | null;
  readonly gapMs: GapTiming;
  /** From the first token to the last. */
  readonly generationMs: Milliseconds | null;
  /**
   * Reported output tokens divided by the generation time; null if none were reported, or all arrived at once. Without
   * reasoning tokens if no reasoning was streamed.
   * @minimum 0
   */
  readonly outputTokensPerSecond: number | null;
  /** Whether the rate counts reasoning tokens; null if there is no rate, or the stream does not say. */
  readonly rateHasReasoning: boolean | null;
  /** To the last event; null if the response has no end. */
  readonly totalMs: Milliseconds | null;
}

/**
 * In ms since the source was opened; null if the measured event did not arrive, or there was no such step.
 * @title Timing of a stream
 */
export interface StreamTiming {
  /** To an open TCP connection, DNS lookup included; through a proxy, to the proxy. */
  readonly connectMs: Milliseconds | null;
  /** The TLS handshake with the server alone. */
  readonly tlsMs: Milliseconds | null;
  /** To the response headers; from a pipe, to the first bytes. */
  readonly ttfbMs: Milliseconds | null;
  /** To the chunk that completed the first event. */
  readonly firstEventMs: Milliseconds | null;
  readonly gapMs: GapTiming;
  /** How many events arrived together. */
  readonly reads: ReadTiming;
  /** The last event; null if there was none. */
  readonly lastEvent: EventPlace | null;
  /**
   * From the last event to the end of the source; comments do not count. If there was no event, from the response headers,
   * or from the first bytes; null if the end is not known.
   */
  readonly silenceAtEndMs: Milliseconds | null;
  /** To the end of the stream. */
  readonly totalMs: Milliseconds | null;
  /** How long the source was paused because its bytes were not consumed in time: times after that are late. */
  readonly heldBackMs: Milliseconds;
  /** The time from the first event to the end in slices of equal length; null if everything arrived at once. */
  readonly slices: SliceTiming | null;
}

/** Times before the first chunk, in ms since the source was opened; null if there was no such step. */
export interface OpeningTimes {
  /** To an open TCP connection, DNS lookup included; through a proxy, to the proxy. */
  readonly connectMs: Milliseconds | null;
  /** The TLS handshake with the server alone. */
  readonly tlsMs: Milliseconds | null;
  /** To the response headers. */
  readonly headMs: Milliseconds | null;
}

/** Times known when a source has ended. */
export interface ClosingTimes {
  /** When the source ended, in ms since it was opened. */
  readonly endMs: number | null;
  /** How long the source was paused because its bytes were not consumed in time, in ms. */
  readonly heldBackMs: number;
}

/** When the bytes of a source arrived. */
export interface Arrival {
  readonly opening: OpeningTimes | null;
  /** In ms since the source was opened. */
  readonly firstByteMs: number | null;
  /** When the source ended or, if that is unknown, when its last bytes arrived. */
  readonly endMs: number | null;
  readonly heldBackMs: number;
}

/**
 * Times between two chunks that each completed an event, in ms. The silence after the last event is also a gap, of the
 * stream and of a response without an end. Percentiles are exact up to 32,768 gaps, and based on an even sample beyond.
 * @title Gaps
 */
export interface GapTiming {
  /** Median. */
  readonly p50: Milliseconds | null;
  /** 95th percentile. */
  readonly p95: Milliseconds | null;
  /** 99th percentile. */
  readonly p99: Milliseconds | null;
  /** The longest; 0 if all events arrived at once. */
  readonly max: Milliseconds | null;
  /** The last event before the longest gap. */
  readonly maxAfter: EventName | null;
}

export interface EventName {
  /** Index of the event. */
  readonly event: Index;
  readonly eventType: string;
}

/** An event and its line. */
export interface EventPlace extends EventName {
  /** Line of its first field, from 1. */
  readonly line: LineNumber;
}

/** Burst structure: how many events arrived together. */
export interface ReadTiming {
  /** Chunks that completed an event. */
  readonly count: Count;
  readonly eventsPerRead: {
    /**
     * Median.
     * @minimum 1
     */
    readonly p50: number | null;
    /** @minimum 1 */
    readonly max: number | null;
  };
}

/** The time from the first event to the end in slices of equal length. */
export interface SliceTiming {
  /** @exclusiveMinimum 0 */
  readonly sliceMs: number;
  /**
   * Characters of text, or of data that no dialect reads, that arrived in each slice.
   * @maxItems 128
   */
  readonly characters: readonly Count[];
  /**
   * The longest gap that ended in each slice, in ms.
   * @maxItems 128
   */
  readonly longestGapMs: readonly Milliseconds[];
}

/** The definitions, in chronological order. */
export const timingDefinitions = [
  ["connect", "from the start of the request to an open TCP connection, including the DNS lookup"],
  ["TLS", "the TLS handshake alone"],
  ["first byte", "to the response headers; from a pipe, to the first bytes"],
  ["first event", "to the chunk that completed the first event"],
  ["first token", "time to first token: to the first event with text, reasoning, a refusal, code or tool arguments"],
  ["first text", "to the first event with visible text"],
  [
    "gaps",
    "between two chunks that each completed an event, and from the last event to the end: median, 95th and 99th percentile, longest",
  ],
  ["silence at end", "from the last event to the end of the source; comments do not end it"],
  [
    "tokens/s",
    "output tokens as reported, divided by the time from the first to the last token; without reasoning tokens if no reasoning was streamed",
  ],
  ["events/chunk", "events completed per chunk: median and maximum; high values point to a buffering proxy"],
  ["total", "to the last event of a response that has ended; for a stream, to its end"],
] as const satisfies readonly (readonly [name: string, meaning: string])[];

/** About 285 years: longer than any measured time, and exact to the microsecond. */
const LONGEST_MS = Number.MAX_SAFE_INTEGER / 1000;

/** A time or a duration as a file states it; null if it is impossible, such as 1e400, which JSON parses as Infinity. */
export function asMs(value: unknown): Milliseconds | null {
  return typeof value === "number" && value >= 0 && value <= LONGEST_MS ? value : null;
}

/** Rounds to microseconds, the precision of measurements. */
export function roundMs(ms: number): number;
export function roundMs(ms: number | null): number | null;
export function roundMs(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 1000) / 1000;
}
