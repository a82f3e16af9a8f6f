// Lines of CI systems, curl and shells that mark progress: a step begins, a request is sent, a response arrives.
import { SPACE, beginsWith, headText } from "./ascii.ts";
import { isStatusLine } from "../response-head.ts";

/**
 * The kind of a log line:
 * - `content`: a line of a stream, or any other text
 * - `boundary`: a step, section or group begins or ends, or a connection is closed: another stream follows
 * - `request`: a request is sent, or the program that sends it starts
 * - `response-head`: a line of HTTP response headers; an empty one ends them
 * - `noise`: certainly not content
 */
export type LogLineKind = "content" | "boundary" | "request" | "response-head" | "noise";

/** A line that is not content. If it may hold a key, its text is cut to the part that does not. */
export interface LogMark {
  readonly kind: Exclude<LogLineKind, "content">;
  /** Where its text is: a header line, a request's method and path, the name of a program; otherwise empty. */
  readonly start: number;
  readonly end: number;
}

/** Reads the text from `at` to `end` as a mark; null if it is not one. */
export function readMark(bytes: Buffer, at: number, end: number, isBuildkite: boolean): LogMark | null {
  switch (String.fromCharCode(bytes[at] ?? 0)) {
    case "<":
      return readReceived(bytes, at, end);
    case ">":
      return readSent(bytes, at, end);
    case "*":
      return readRemark(bytes, at, end);
    case "{":
    case "}":
      return TRANSFER.test(headText(bytes, at, end)) ? silent("noise", end) : null;
    case "H":
      return isHead(headText(bytes, at, end)) ? { kind: "response-head", start: at, end } : null;
    case "+":
      return (isBuildkite ? readHeading(bytes, at, end) : null) ?? readTrace(bytes, at, end);
    case "-":
    case "~":
      return isBuildkite ? readHeading(bytes, at, end) : null;
    case "$":
      return readCommand(bytes, at, end, "$ ");
    case "#":
      return readRunnerMark(bytes, at, end);
    case "[":
      return beginsWith(bytes, at, end, COMMAND)
        ? (readCommand(bytes, at, end, COMMAND) ?? silent("boundary", end))
        : null;
    case "s":
      return isSection(bytes, at, end) ? silent("boundary", end) : null;
    default:
      return null;
  }
}

function silent(kind: "boundary" | "noise", end: number): LogMark {
  return { kind, start: end, end };
}

const SECTION = /^section_(?:start|end):\d+:/;

/**
 * Whether a GitLab section mark is at `at`: `section_start:1560896352:name`.
 * https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections
 */
export function isSection(bytes: Buffer, at: number, end: number): boolean {
  return beginsWith(bytes, at, end, "section_") && SECTION.test(headText(bytes, at, end));
}

function isHead(text: string): boolean {
  return text.startsWith("HTTP/") && isStatusLine(text.trimEnd());
}

const HEADER = /^[\w!#$%&'*+.^`|~-]+:/;

/**
 * `< HTTP/1.1 200 OK`, `< content-type: …`, `<`: received by `curl -v`. https://everything.curl.dev/usingcurl/verbose/
 */
function readReceived(bytes: Buffer, at: number, end: number): LogMark | null {
  if (end - at === 1) return { kind: "response-head", start: end, end };
  if (bytes[at + 1] !== SPACE) return null;
  const text = headText(bytes, at + 2, end);
  return text.trim() === "" || isHead(text) || HEADER.test(text) ? { kind: "response-head", start: at + 2, end } : null;
}

/** Method and path, without the query; for a URL, which may hold a password, only the method. */
const REQUEST_LINE = /^> (?<shown>[A-Z]{3,7}(?: \/[^\s?#]*)?)(?:[?#]\S*)?(?: \S+)? HTTP\/[\d.]+$/;

/** `> POST /v1/responses HTTP/2`, and the request headers, which are never shown. */
function readSent(bytes: Buffer, at: number, end: number): LogMark | null {
  if (end - at > 1 && bytes[at + 1] !== SPACE) return null;
  const shown = REQUEST_LINE.exec(headText(bytes, at, end).trimEnd())?.groups?.["shown"];
  if (shown === undefined) return silent("noise", end);
  const start = at + "> ".length;
  return { kind: "request", start, end: start + shown.length };
}

const CONNECTION_OVER = /^\* (?:Connection #\d+ to host .* left intact|(?:Closing|closing|shutting down) connection)/;

/** `* Connected to …`: remarks of `curl -v` about the connection. */
function readRemark(bytes: Buffer, at: number, end: number): LogMark | null {
  if (bytes[at + 1] !== SPACE || end - at < 2) return null;
  return silent(CONNECTION_OVER.test(headText(bytes, at, end)) ? "boundary" : "noise", end);
}

/** The size of what `curl -v` sent or received. */
const TRANSFER = /^[{}] \[\d+ bytes data\]$/;

const TRACE = /^\++ /;

/** `+ curl -N …`: output of `set -x`. https://www.gnu.org/software/bash/manual/html_node/The-Set-Builtin.html */
function readTrace(bytes: Buffer, at: number, end: number): LogMark | null {
  const mark = TRACE.exec(headText(bytes, at, end))?.[0];
  return mark === undefined ? null : (readCommand(bytes, at, end, mark) ?? silent("noise", end));
}

/** A program that sends requests, after assignments, programs that run other programs, and a path. */
const CLIENT =
  /^(?<before>(?:\w+=\S* +|(?:sudo|time|env|exec|command|nohup|stdbuf|timeout)(?: +-\S+| +\d\S*)* +)*(?:\S*\/)?)(?<program>curl|wget|https?|xhs?)(?:\s|$)/;

/** A command after `mark` that runs a program that sends requests; null for any other. Arguments may hold keys. */
function readCommand(bytes: Buffer, at: number, end: number, mark: string): LogMark | null {
  if (!beginsWith(bytes, at, end, mark)) return null;
  const { before, program } = CLIENT.exec(headText(bytes, at + mark.length, end))?.groups ?? {};
  if (before === undefined || program === undefined) return null;
  const start = at + mark.length + before.length;
  return { kind: "request", start, end: start + program.length };
}

const COMMAND = "[command]";
const RUNNER_MARK = /^##\[(?<name>\w+)\]/;
const BOUNDARIES = new Set(["group", "endgroup", "section", "command"]);

/**
 * `##[group]Run curl …`: GitHub Actions and Azure Pipelines.
 * https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 */
function readRunnerMark(bytes: Buffer, at: number, end: number): LogMark | null {
  const name = RUNNER_MARK.exec(headText(bytes, at, end))?.groups?.["name"];
  return name === undefined ? null : silent(BOUNDARIES.has(name) ? "boundary" : "noise", end);
}

const HEADING = /^(?:---|\+\+\+|~~~) /;

/** `--- Tests`. https://buildkite.com/docs/pipelines/configure/managing-log-output#grouping-log-output */
function readHeading(bytes: Buffer, at: number, end: number): LogMark | null {
  return HEADING.test(headText(bytes, at, end)) ? silent("boundary", end) : null;
}
