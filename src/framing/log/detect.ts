// Detects whether an input is a log with event streams in it.
import { CR, LF, SPACE, beginsWith, beginsWithField, digitAt } from "./ascii.ts";
import { readLogLine } from "./line.ts";

/** Detection looks at no more than this. */
const DETECTION_BYTES = 64 * 1024;
const OPENING_BRACE = 0x7b;
const LESS_THAN = 0x3c;

/**
 * Judges the beginning of an input, with a byte order mark already removed: true for a log that contains a stream, null
 * if more bytes are needed. `complete`: `head` is all of the input.
 *
 * The log contains a stream if a `data` or `event` line comes after a time; after a name or a level that precedes one
 * more line of the stream, since a table row may look the same; written over a progress meter; or bare, after a line
 * that reports a request or a step. If the stream comes later, the log is detected by its lines: nearly all have a
 * time. A bare stream, the output of `curl -i`, JSON and HTML are excluded by their first line.
 */
export function looksLikeLog(head: Buffer, complete: boolean): boolean | null {
  const input = head.subarray(0, DETECTION_BYTES);
  const isAll = complete || head.length >= DETECTION_BYTES;
  const undecided = isAll ? false : null;
  const first = skipLineEnds(input, 0);
  if (first === input.length) return undecided;
  if (beginsOtherwise(input, first) || endsLinesInReturn(input)) return false;
  const hasFields = input.includes("data:") || input.includes("event:");
  return (hasFields ? findStream(input, complete) : null) ?? (isAll ? isWholeLog(input) : null);
}

/** How many lines are checked for a time at least, and the share that must have one. */
const FEWEST_LINES = 16;
const LEAST_SHARE = 0.9;

/** A log whose stream comes later or never: nearly all of its lines have a time, or one reports an HTTP response. */
function isWholeLog(input: Buffer): boolean {
  let lines = 0;
  let timed = 0;
  for (let start = 0, end = 0; start < input.length; start = end + 1) {
    end = input.indexOf(LF, start);
    if (end === -1) end = input.length;
    if (start === end) continue;
    const { kind, atMs } = readLogLine(input, start, end);
    if (kind === "response-head") return true;
    lines += 1;
    if (atMs !== null) timed += 1;
  }
  return lines >= FEWEST_LINES && timed >= lines * LEAST_SHARE;
}

function findStream(input: Buffer, complete: boolean): boolean | null {
  let isAnnounced = false;
  /** Prefixes without a time that came before an event. */
  const named = new Set<string>();
  for (let start = 0, end = 0; start < input.length; start = end + 1) {
    end = input.indexOf(LF, start);
    if (end === -1 && !complete) return null;
    if (end === -1) end = input.length;
    if (start === end) continue;
    const line = readLogLine(input, start, end);
    if (line.kind !== "content") {
      isAnnounced ||= line.kind !== "noise";
      continue;
    }
    if (line.start !== line.end && !beginsWithField(input, line.start, line.end)) continue;
    // A level alone is not a name: the text before the stream's line must be the same.
    const name = line.origin === "" ? `\0${input.toString("latin1", start, line.start)}` : line.origin;
    if (line.start > start && named.has(name)) return true;
    if (!beginsWith(input, line.start, line.end, "data:") && !beginsWith(input, line.start, line.end, "event:"))
      continue;
    if (line.start === start) return isAnnounced;
    if (line.atMs !== null || input.subarray(start, line.start).includes(CR)) return true;
    if (line.origin !== "" || beginsWithPayload(input, line.start, line.end)) named.add(name);
  }
  return null;
}

/** Whether a line names an event, or has JSON or `[DONE]` as data; prose after a level does not count. */
function beginsWithPayload(input: Buffer, start: number, end: number): boolean {
  if (beginsWith(input, start, end, "event:")) return true;
  return ["data: {", "data:{", "data: [DONE]"].some((payload) => beginsWith(input, start, end, payload));
}

/** Whether the first line shows a bare stream, HTTP headers, JSON or HTML. */
function beginsOtherwise(input: Buffer, first: number): boolean {
  if (beginsWithField(input, first, input.length)) return true;
  if (input[first] === OPENING_BRACE || beginsWith(input, first, input.length, "HTTP/")) return true;
  // `< HTTP/1.1 200 OK` and syslog's `<34>` occur in logs.
  return (
    input[first] === LESS_THAN &&
    first + 1 < input.length &&
    input[first + 1] !== SPACE &&
    digitAt(input, first + 1) === -1
  );
}

const FIELD_BETWEEN_RETURNS = /\r(?:data:|event:|id:|retry:|:)[^\r]*\r/;

/** Whether lines end in CR alone, which is legal in a stream and does not occur in a log. */
export function endsLinesInReturn(input: Buffer): boolean {
  return !input.includes(LF) && input.includes(CR) && FIELD_BETWEEN_RETURNS.test(input.toString("latin1"));
}

function skipLineEnds(input: Uint8Array, at: number): number {
  let next = at;
  while (next < input.length && (input[next] === LF || input[next] === CR)) next += 1;
  return next;
}
