// One log line in; its origin, its time and its content out.
import { CR, ESC, beginsWithField, headEnd, headText } from "./ascii.ts";
import { skipEscapes, trimEscapes } from "./escapes.ts";
import { readLevel, readLogger } from "./logger.ts";
import { type LogLineKind, isSection, readMark } from "./marks.ts";
import { readPod, readPriority, readService, readStep } from "./named.ts";
import { type LogPrefix, type PrefixReader, createPrefix } from "./prefix.ts";
import { readBuildkiteTime, readTimed } from "./timed.ts";

export type { LogLineKind } from "./marks.ts";

export interface LogLine {
  readonly kind: LogLineKind;
  /** Where its content, or the text of its mark, is in the bytes of the line; nothing is copied. */
  readonly start: number;
  readonly end: number;
  /** A readable origin: job and step, service, pod and container, host and program. "" if unknown. */
  readonly origin: string;
  /**
   * The output of its origin, as the log names it: `stdout`, `stderr`, `01E`; otherwise "". Lines of one output are in
   * order; lines of several may be mixed, even within a line.
   */
  readonly channel: string;
  /**
   * When it was written, in milliseconds, with fractions: since the epoch, if `periodMs` is null. No zone means UTC.
   */
  readonly atMs: number | null;
  /**
   * For a time without a date (`03:04:05`) or a year (syslog): the period after which the clock restarts. A time that
   * is earlier than the one before is one period later. Counted from midnight, or from 1 January.
   */
  readonly periodMs: number | null;
  /**
   * It continues the last line of its origin and channel; after a boundary, which ends itself, it begins a new line.
   */
  readonly continues: boolean;
  /** Its content is incomplete: the next line of its origin and channel continues it, at that line's `restStart`. */
  readonly isPartial: boolean;
  /** Where the content begins in a line that continues a partial one, whatever that content looks like. */
  readonly restStart: number;
}

/** Ordered by reliability: a time is surer than a name, and a name surer than a level. */
const PREFIXES = [
  readTimed,
  readPod,
  readService,
  readPriority,
  readLogger,
  readLevel,
] as const satisfies readonly PrefixReader[];

/**
 * Reads the line from `start` to `end`, without its LF; a CR at its end is dropped. A line that begins like a line of
 * an event stream is all content. Otherwise prefixes are removed, also nested ones (a container's in a CI job's), each
 * with one space after it, which may be missing at the end of the line. If empty content remains, it is the blank line
 * that ends an event. Reads at most 512 bytes of a stream's line, plus the colours at its end.
 */
export function readLogLine(bytes: Buffer, start: number, end: number): LogLine {
  const lineEnd = trimCarriageReturns(bytes, start, end);
  const prefix = createPrefix(start);
  if (start < lineEnd && !beginsWithField(bytes, start, lineEnd)) readPrefixes(prefix, bytes, lineEnd);
  const { at } = prefix;
  if (prefix.continues && !isSection(bytes, skipEscapes(bytes, at, lineEnd), lineEnd)) {
    return lineOf(prefix, "content", at, lineEnd);
  }
  // Without a prefix or colour before it, the text was not changed by the log.
  const mayBeColoured = at > start && !prefix.isPartial;
  const textEnd = mayBeColoured ? trimCarriageReturns(bytes, at, trimEscapes(bytes, at, lineEnd)) : lineEnd;
  if (at === textEnd || beginsWithField(bytes, at, textEnd)) return lineOf(prefix, "content", at, textEnd);
  const field = findOverwrittenField(bytes, at, textEnd);
  if (field !== -1) return lineOf(prefix, "content", field, textEnd);
  const mark = readMark(bytes, skipEscapes(bytes, at, textEnd), textEnd, prefix.isBuildkite);
  return mark === null ? lineOf(prefix, "content", at, textEnd) : lineOf(prefix, mark.kind, mark.start, mark.end);
}

function readPrefixes(prefix: LogPrefix, bytes: Buffer, lineEnd: number): void {
  const end = headEnd(prefix.at, lineEnd);
  // A job's name may be anything, and always comes first.
  if (!readTimed(prefix, bytes, end)) readStep(prefix, bytes, end);
  while (prefix.at < end && !prefix.continues) {
    if (bytes[prefix.at] === ESC) {
      if (readBuildkiteTime(prefix, bytes, end)) continue;
      const next = skipEscapes(bytes, prefix.at, lineEnd);
      if (next === prefix.at) return;
      prefix.at = next;
    } else if (beginsWithField(bytes, prefix.at, end) || !PREFIXES.some((read) => read(prefix, bytes, end))) return;
  }
}

/** The remains of curl's progress meter before a text that is written over it, or after it. */
const PROGRESS = /^ *\d{1,3} +\S+ +\d{1,3} +\S+ +\d{1,3} +\S+ +\S+ +\S+ +[-:\d]+ +[-:\d]+ +[-:\d]+ +\d+[kMGTP]?/;

/**
 * Where a line of an event stream begins after the last CR, for example after a GitLab mark or curl's progress meter;
 * or -1.
 */
function findOverwrittenField(bytes: Buffer, at: number, end: number): number {
  const carriageReturn = bytes.subarray(at, end).lastIndexOf(CR);
  if (carriageReturn === -1) return -1;
  const next = skipEscapes(bytes, at + carriageReturn + 1, end);
  if (beginsWithField(bytes, next, end)) return next;
  const progress = PROGRESS.exec(headText(bytes, next, end))?.[0];
  return progress !== undefined && beginsWithField(bytes, next + progress.length, end) ? next + progress.length : -1;
}

function trimCarriageReturns(bytes: Uint8Array, start: number, end: number): number {
  let last = end;
  while (last > start && bytes[last - 1] === CR) last -= 1;
  return last;
}

function lineOf(prefix: LogPrefix, kind: LogLineKind, start: number, end: number): LogLine {
  const { origin, channel, atMs, periodMs, isPartial, restStart } = prefix;
  const continues = prefix.continues && kind === "content";
  return { kind, start, end, origin, channel, atMs, periodMs, continues, isPartial, restStart };
}
