// The format of the file with the arrival times of a capture: `FILE.timing`, NDJSON. First a header, then one line per
// chunk, then the end; a recording that was killed has no end, and perhaps half a line.
// `src/schemas/timing.schema.json` is generated from these types.
//
//   {"schema":"ssescope/timing@1","source":"https://…","startedAt":"2026-11-23T09:30:00.000Z","exchange":{…},"opening":{…}}
//   {"offset":0,"length":312,"ms":412.06}
//   {"end":"complete","ms":2130.4,"heldBackMs":0,"error":null}
import { CLIENT_CLOSED } from "../../model/ended-by.ts";
import type { CompressionFault } from "../../model/compression-fault.ts";
import type { HttpExchange } from "../../model/http-head.ts";
import type { ByteOffset, Count, Milliseconds } from "../../model/numbers.ts";
import type { OpeningTimes } from "../../model/timing.ts";

export const TIMING_SCHEMA = "ssescope/timing@1";

export interface TimingHeader {
  /** Name and version of this format. */
  readonly schema: typeof TIMING_SCHEMA;
  /** Path, `-` for standard input, or URL without its secrets. */
  readonly source: string;
  /** When the source was opened, ISO 8601 in UTC; null if unknown. */
  readonly startedAt: string | null;
  /** The request and its response headers, without secrets; null if it was not HTTP. */
  readonly exchange: HttpExchange | null;
  /** What was measured before the first chunk; null if nothing was. */
  readonly opening: OpeningTimes | null;
}

/** Bytes of the capture that arrived together. */
export interface TimedChunk {
  readonly offset: ByteOffset;
  readonly length: Count;
  /** When it arrived, in ms since the source was opened. */
  readonly ms: Milliseconds;
}

export interface TimingEnd {
  /** `interrupted`: the recording was stopped; `failed`: the network failed, and `error` says how. */
  readonly end: "complete" | "interrupted" | "failed";
  /** When, in ms since the source was opened. */
  readonly ms: Milliseconds;
  /** How long the source was paused because its bytes were not consumed in time, in ms: times after that are late. */
  readonly heldBackMs: Milliseconds;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** What was wrong with the compression of the response, which the capture no longer has; left out if nothing was. */
  readonly compression?: CompressionFault;
}

/** Errors that end the reading although the server continues: timeouts, and a tapped program that leaves. */
const GIVEN_UP: ReadonlySet<string> = new Set(["IDLE_TIMEOUT", "MAX_TIME", CLIENT_CLOSED]);

/** Whether a recording stopped before the server ended: by Ctrl-C, a timeout, or a kill, which writes no end. */
export function wasLeft(end: TimingEnd | null): boolean {
  return end === null || end.end === "interrupted" || (end.error !== null && GIVEN_UP.has(end.error.code));
}

export type TimingLine = TimingHeader | TimedChunk | TimingEnd;

const EXTENSION = ".timing";

/** The path of the timing file of a capture. */
export function timingPathOf(capturePath: string): string {
  return `${capturePath}${EXTENSION}`;
}

/** The path of the capture to which a timing file belongs, by its name; null if it is not a timing file. */
export function captureOfTiming(path: string): string | null {
  return path.endsWith(EXTENSION) ? path.slice(0, -EXTENSION.length) : null;
}
