// Prefixes that begin with a time, and the words between the time and the content.
import {
  CLOSING_BRACKET,
  COLON,
  LETTERS_AND_DIGITS,
  OPENING_BRACKET,
  SPACE,
  beginsWith,
  beginsWithField,
  byteClass,
  digitAt,
  skipClass,
  skipDigits,
} from "./ascii.ts";
import { type LogPrefix, addOrigin, addTime, afterSeparator } from "./prefix.ts";
import { SYSLOG_PERIOD_MS, readTime } from "./time.ts";

const PLUS = 0x2b;
const BELL = 0x07;
const LETTER_E = 0x45;
const LETTER_O = 0x4f;

/**
 * Reads a time, alone or in brackets, and what follows it:
 * - nothing: GitHub Actions, Azure Pipelines, `docker logs -t`, `kubectl logs --timestamps`, Jenkins, `ts`
 * - `stdout F `: containerd, CRI-O
 * - `00O `: GitLab
 * - `host program[123]: `: syslog, journald
 */
export function readTimed(prefix: LogPrefix, bytes: Buffer, end: number): boolean {
  const isBracketed = bytes[prefix.at] === OPENING_BRACKET;
  const time = readTime(bytes, isBracketed ? prefix.at + 1 : prefix.at, end);
  if (time === null) return false;
  const close = time.end;
  let at: number;
  if (!isBracketed) at = afterSeparator(bytes, close < end && bytes[close] === COLON ? close + 1 : close, end);
  else if (close < end && bytes[close] === CLOSING_BRACKET) at = afterSeparator(bytes, close + 1, end);
  else return false;
  if (at === -1) return false;
  addTime(prefix, time.ms, time.periodMs);
  prefix.at = at;
  if (at === end || beginsWithField(bytes, at, end)) return true;
  if (readContainerOutput(prefix, bytes, end) || readGitlabStream(prefix, bytes, end)) return true;
  readProgram(prefix, bytes, end, time.periodMs === SYSLOG_PERIOD_MS);
  return true;
}

/**
 * `stdout F content`; P instead of F means that the next line continues this one.
 * https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md
 */
function readContainerOutput(prefix: LogPrefix, bytes: Buffer, end: number): boolean {
  const { at } = prefix;
  const isError = beginsWith(bytes, at, end, "stderr ");
  if (!isError && !beginsWith(bytes, at, end, "stdout ")) return false;
  const tag = at + "stdout ".length;
  const isPartial = beginsWith(bytes, tag, end, "P");
  if (!isPartial && !beginsWith(bytes, tag, end, "F")) return false;
  const next = afterSeparator(bytes, tag + 1, end);
  if (next === -1) return false;
  prefix.channel = isError ? "stderr" : "stdout";
  prefix.isPartial = isPartial;
  prefix.at = next;
  prefix.restStart = next;
  return true;
}

/**
 * `00O content`: the number of a stream in two hexadecimal digits, O for stdout or E for stderr, and a plus instead of
 * the space if the line continues the one before. https://docs.gitlab.com/ci/yaml/ci_job_log_timestamps/
 */
function readGitlabStream(prefix: LogPrefix, bytes: Buffer, end: number): boolean {
  const { at } = prefix;
  const flag = at + "00O".length;
  if (flag > end || !isHexDigit(bytes, at) || !isHexDigit(bytes, at + 1)) return false;
  if (bytes[at + 2] !== LETTER_O && bytes[at + 2] !== LETTER_E) return false;
  const continues = flag < end && bytes[flag] === PLUS;
  const next = continues ? flag + 1 : afterSeparator(bytes, flag, end);
  if (next === -1) return false;
  prefix.channel = bytes.toString("latin1", at, flag);
  prefix.continues = continues;
  prefix.at = next;
  prefix.restStart = next;
  return true;
}

function isHexDigit(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at] ?? 0;
  return digitAt(bytes, at) !== -1 || (byte >= 0x61 && byte <= 0x66);
}

/** Visible ASCII without colons and square brackets. */
const WORD_BYTES = byteClass(`${LETTERS_AND_DIGITS}!"#$%&'()*+,-./;<=>?@\\^_\`{|}~`);

/** `host program[123]: content`, or Heroku's `app[web.1]: content`. Only syslog may omit the process. */
function readProgram(prefix: LogPrefix, bytes: Buffer, end: number, isSyslog: boolean): boolean {
  const { at } = prefix;
  let nameEnd = programEnd(bytes, at, end, false);
  if (nameEnd === -1) {
    const hostEnd = skipClass(WORD_BYTES, bytes, at, end);
    if (hostEnd === at || hostEnd === end || bytes[hostEnd] !== SPACE) return false;
    if (beginsWithField(bytes, hostEnd + 1, end)) return false;
    nameEnd = programEnd(bytes, hostEnd + 1, end, isSyslog);
  }
  const next = nameEnd === -1 ? -1 : afterSeparator(bytes, nameEnd + 1, end);
  if (next === -1) return false;
  addOrigin(prefix, bytes.toString("latin1", at, nameEnd));
  prefix.at = next;
  return true;
}

/** The position of the colon after a program's name and process, or -1. */
function programEnd(bytes: Uint8Array, at: number, end: number, mayLackProcess: boolean): number {
  let next = skipClass(WORD_BYTES, bytes, at, end);
  if (next === at) return -1;
  if (next < end && bytes[next] === OPENING_BRACKET) {
    next = skipClass(WORD_BYTES, bytes, next + 1, end);
    if (next >= end || bytes[next] !== CLOSING_BRACKET) return -1;
    next += 1;
  } else if (!mayLackProcess) return -1;
  return next < end && bytes[next] === COLON ? next : -1;
}

const BUILDKITE_TIME = "\u001B_bk;t=";

/**
 * Reads the sequence that Buildkite puts before a line, with the milliseconds since the epoch.
 * https://buildkite.com/docs/pipelines/configure/managing-log-output
 */
export function readBuildkiteTime(prefix: LogPrefix, bytes: Buffer, end: number): boolean {
  if (!beginsWith(bytes, prefix.at, end, BUILDKITE_TIME)) return false;
  const digits = prefix.at + BUILDKITE_TIME.length;
  const close = skipDigits(bytes, digits, end);
  if (close === digits || close >= end || bytes[close] !== BELL) return false;
  addTime(prefix, Number(bytes.toString("latin1", digits, close)), null);
  prefix.isBuildkite = true;
  prefix.at = close + 1;
  return true;
}
