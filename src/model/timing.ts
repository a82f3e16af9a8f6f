// What is measured of times. Each is defined here once, in the words of README and `--help`, so that numbers of different
// runs and tools can be compared. Times of an event are those of the read that completed it.

/** Of one response. Times in ms since the source was opened, or in a log since the stream's first line. */
export interface ResponseTiming {
  readonly ttftMs: number | null;
  readonly firstTextMs: number | null;
  readonly gapMs: GapTiming;
  readonly generationMs: number | null;
  readonly outputTokensPerSecond: number | null;
  /** Whether the tokens of that rate count reasoning too; null where there is no rate, or nobody says. */
  readonly rateHasReasoning: boolean | null;
  readonly totalMs: number | null;
}

/** Of a whole stream; null where what they measure did not come, or there was no such step. */
export interface StreamTiming {
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
  readonly ttfbMs: number | null;
  readonly firstEventMs: number | null;
  readonly gapMs: GapTiming;
  readonly reads: ReadTiming;
  readonly totalMs: number | null;
  /** How long the source was held back because what was read of it was not taken in time; times after it come late. */
  readonly heldBackMs: number;
  /** The stream over time; null where all of it came in one read. */
  readonly slices: SliceTiming | null;
}

/** What is measured before the first chunk, in ms; null where there was no such step. */
export interface OpeningTimes {
  /** From the opening of the source to an open TCP connection, the look-up of the name included. */
  readonly connectMs: number | null;
  /** The TLS handshake alone. */
  readonly tlsMs: number | null;
  /** From the opening of the source to the head of the answer. */
  readonly headMs: number | null;
}

/** What is measured when a source has ended. */
export interface ClosingTimes {
  /** When the source ended, in ms since it was opened. */
  readonly endMs: number | null;
  /** How long the source was held back because what it had given was not yet taken, in ms. */
  readonly heldBackMs: number;
}

/** When the bytes of a source came. */
export interface Arrival {
  readonly opening: OpeningTimes | null;
  /** In ms since the source was opened. */
  readonly firstByteMs: number | null;
  /** When the source ended; where nobody tells that, when its last bytes came. */
  readonly endMs: number | null;
  readonly heldBackMs: number;
}

/** Times between two reads in each of which an event was completed, in ms. */
export interface GapTiming {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
  /** The last event before the longest gap. */
  readonly maxAfter: EventName | null;
}

export interface EventName {
  /** Index of the event. */
  readonly event: number;
  readonly eventType: string;
}

/** Burst structure: how many events came together. */
export interface ReadTiming {
  /** Reads in which an event was completed. */
  readonly count: number;
  readonly eventsPerRead: { readonly p50: number | null; readonly max: number | null };
}

/** The time from the first event to the last in slices of one length. */
export interface SliceTiming {
  readonly sliceMs: number;
  /** Characters of all texts, or of data that no dialect reads, that came in each. */
  readonly characters: readonly number[];
  /** The longest gap that ended in each, in ms. */
  readonly longestGapMs: readonly number[];
}

/** The definitions, in the order of time. */
export const timingDefinitions = [
  ["connect", "from the start of the request to an open TCP connection, the look-up of the name included"],
  ["TLS", "the TLS handshake alone"],
  ["first byte", "to the head of the answer; from a pipe, to the first bytes"],
  ["first event", "to the read that completed the first event"],
  [
    "first token",
    "time to first token: to the first event that carries text, reasoning, a refusal, code or tool arguments",
  ],
  ["first text", "to the first event that carries visible text"],
  ["gaps", "between two reads in each of which an event was completed: median, 95th and 99th percentile, longest"],
  [
    "tokens/s",
    "output tokens that the provider reports, divided by the time from the first token to the last; without those of reasoning where no reasoning was streamed",
  ],
  ["events/read", "how many events one read completed: median and most; many at once are a buffer's doing"],
  ["total", "to the last event of the response; of a stream, to its end"],
] as const satisfies readonly (readonly [name: string, meaning: string])[];

/** To microseconds: more is not measured. */
export function roundMs(ms: number): number;
export function roundMs(ms: number | null): number | null;
export function roundMs(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 1000) / 1000;
}
