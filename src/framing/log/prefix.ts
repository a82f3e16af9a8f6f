// What the prefixes of a log line say, put together from one prefix after the other.
import { SPACE, TAB } from "./ascii.ts";

/** What was read so far of a line; the rest of it begins at `at`. */
export interface LogPrefix {
  at: number;
  origin: string;
  atMs: number | null;
  periodMs: number | null;
  channel: string;
  continues: boolean;
  isPartial: boolean;
  restStart: number;
  /** Its headings are plain text, and told apart by this alone. */
  isBuildkite: boolean;
}

/** Takes the prefix of its kind off the rest of a line, if it has one; looks at no byte from `end` on. */
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
 * Of several times the innermost counts, which was written nearest to the event: a log that is printed at the end of a
 * job has the job's time on all its lines. One without a date counts only where there is no other.
 */
export function addTime(prefix: LogPrefix, ms: number, periodMs: number | null): void {
  if (prefix.atMs !== null && periodMs !== null) return;
  prefix.atMs = ms;
  prefix.periodMs = periodMs;
}

/**
 * The place after the one space or tab that belongs to a prefix, or the end, since trailing spaces get lost; -1 where
 * something else follows.
 */
export function afterSeparator(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return end;
  return bytes[at] === SPACE || bytes[at] === TAB ? at + 1 : -1;
}
