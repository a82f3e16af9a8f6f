// Collects what the prefixes of a log line say, one prefix after the other.
import { SPACE, TAB } from "./ascii.ts";

/** What was read of a line so far; the rest begins at `at`. */
export interface LogPrefix {
  at: number;
  origin: string;
  atMs: number | null;
  periodMs: number | null;
  channel: string;
  continues: boolean;
  isPartial: boolean;
  restStart: number;
  /** The line is from Buildkite, whose headings are plain text and cannot be detected otherwise. */
  isBuildkite: boolean;
}

/** Removes one kind of prefix from the rest of a line, if it has one; never reads from `end` on. */
export type PrefixReader = (prefix: LogPrefix, bytes: Buffer, end: number) => boolean;

export function createPrefix(at: number): LogPrefix {
  return {
    at,
    origin: "",
    atMs: null,
    periodMs: null,
    channel: "",
    continues: false,
    isPartial: false,
    restStart: at,
    isBuildkite: false,
  };
}

export function addOrigin(prefix: LogPrefix, name: string): void {
  prefix.origin = prefix.origin === "" ? name : `${prefix.origin} / ${name}`;
}

/**
 * Of several times, the innermost counts, because it was written closest to the event: a log that is printed at the end
 * of a job has the job's time on all its lines. A time without a date counts only if there is no other.
 */
export function addTime(prefix: LogPrefix, ms: number, periodMs: number | null): void {
  if (prefix.atMs !== null && periodMs !== null) return;
  prefix.atMs = ms;
  prefix.periodMs = periodMs;
}

/**
 * The position after the one space or tab that belongs to a prefix, or the end, since trailing spaces may be lost; -1
 * if another character follows.
 */
export function afterSeparator(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return end;
  return bytes[at] === SPACE || bytes[at] === TAB ? at + 1 : -1;
}
