// The file beside a capture that says when its bytes came: `FILE.timing`, NDJSON. First a header, then a line for each
// chunk, last how it ended; a recording that was killed lacks that, and maybe half of a line.
//
//   {"schema":"ssescope/timing@1","source":"https://…","startedAt":"2026-11-23T09:30:00.000Z","exchange":{…},"opening":{…}}
//   {"offset":0,"length":312,"ms":412.06}
//   {"end":"complete","ms":2130.4,"heldBackMs":0,"error":null}
import type { HttpExchange } from "../../model/http-head.ts";
import type { OpeningTimes } from "../../model/timing.ts";

export const TIMING_SCHEMA = "ssescope/timing@1";

export interface TimingHeader {
  readonly schema: typeof TIMING_SCHEMA;
  /** As shown to people: without the secrets that a URL may hold. */
  readonly source: string;
  /** When the source was opened, ISO 8601 in UTC; null where nobody knows. */
  readonly startedAt: string | null;
  readonly exchange: HttpExchange | null;
  readonly opening: OpeningTimes | null;
}

/** Bytes of the capture that came in one read. */
export interface TimedChunk {
  readonly offset: number;
  readonly length: number;
  /** When, in ms since the source was opened. */
  readonly ms: number;
}

export interface TimingEnd {
  /** `interrupted`: whoever recorded it stopped; `failed`: the network did, and `error` says how. */
  readonly end: "complete" | "interrupted" | "failed";
  readonly ms: number;
  /** How long the source was held back, in ms: times after it come late. */
  readonly heldBackMs: number;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** What ends a reading although the server goes on: `--idle-timeout` and `--max-time`. */
const GIVEN_UP: ReadonlySet<string> = new Set(["IDLE_TIMEOUT", "MAX_TIME"]);

/** Whether whoever recorded it left while the server had not ended: by Ctrl-C, a timeout, or a kill, which writes no end. */
export function wasLeft(end: TimingEnd | null): boolean {
  return end === null || end.end === "interrupted" || (end.error !== null && GIVEN_UP.has(end.error.code));
}

export type TimingLine = TimingHeader | TimedChunk | TimingEnd;

/** The name of the file with the times of the capture of that name. */
export function timingPathOf(capturePath: string): string {
  return `${capturePath}.timing`;
}
