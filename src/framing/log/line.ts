// One line of a log in; out: whose it is, when it was written, and what of it is its content.
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
  /** Where its content, or the text of its mark, stands in the bytes of the line; nothing is copied. */
  readonly start: number;
  readonly end: number;
  /** Whose line it is, for people: job and step, service, pod and container, host and program. "" where nothing says. */
  readonly origin: string;
  /**
   * Which of its origin's outputs it came through, as the log names it: `stdout`, `stderr`, `01E`; else "". What is
   * written to one output stands in its order, what goes to several may be mixed within a line.
   */
  readonly channel: string;
  /** When it was written, in milliseconds, with fractions: since the epoch, if `periodMs` is null. No zone means UTC. */
  readonly atMs: number | null;
  /**
   * For a time without a date (`03:04:05`) or a year (syslog): how long it takes until its clock begins again. A time
   * that is less than the one before is this much later. It counts from midnight, or from the 1st of January.
   */
  readonly periodMs: number | null;
  /** It goes on where the last line of its origin and channel ended; after a boundary, which ends itself, it begins. */
  readonly continues: boolean;
  /** Its content is not whole: the next line of its origin and channel goes on, at that one's `restStart`. */
  readonly isPartial: boolean;
  /** Where the text of the log's own line begins, whatever it looks like: the content of a line that ends a partial one. */
  readonly restStart: number;
}

/** A time tells more surely than a name, and a name more than a level. */
const PREFIXES = [
  readTimed,
  readPod,
  readService,
  readPriority,
  readLogger,
  readLevel,
] as const satisfies readonly PrefixReader[];

/**
 * Reads the line from `start` to `end`, without its LF; a CR at its end is dropped. What begins like a line of an event
 * stream is content as it stands. Else prefixes are taken off, one inside the other, as a container's in a CI job's:
 * each with the one space after it, which may be missing at the end of the line. The empty content that is left then is
 * the blank line that ends an event. Looks at 512 bytes at most of a line of a stream, and at the colours at its end.
 */
export function readLogLine(bytes: Buffer, start: number, end: number): LogLine {
  const lineEnd = trimCarriageReturns(bytes, start, end);
  const prefix = createPrefix(start);
  if (start < lineEnd && !beginsWithField(bytes, start, lineEnd)) readPrefixes(prefix, bytes, lineEnd);
  const { at } = prefix;
  if (prefix.continues && !isSection(bytes, skipEscapes(bytes, at, lineEnd), lineEnd)) {
    return lineOf(prefix, "content", at, lineEnd);
  }
  // What no prefix and no colour comes before is none of a log's own doing.
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
  // A job's name may be anything; nothing stands before it.
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

/** What curl's progress meter leaves before a text that is written over it, or after it. */
const PROGRESS = /^ *\d{1,3} +\S+ +\d{1,3} +\S+ +\d{1,3} +\S+ +\S+ +\S+ +[-:\d]+ +[-:\d]+ +[-:\d]+ +\d+[kMGTP]?/;

/** Where a line of an event stream begins after the last CR, as after GitLab's marks and curl's progress meter; or -1. */
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
