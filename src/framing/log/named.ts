// Prefixes that begin with a name: a job and its step, a service, a pod, a host and its program.
import { BYTE_ORDER_MARK_BYTES, beginsWithByteOrderMark } from "../lines.ts";
import {
  CLOSING_BRACKET,
  LETTERS_AND_DIGITS,
  SPACE,
  TAB,
  beginsWith,
  byteClass,
  digitAt,
  skipClass,
  skipDigits,
  skipSpaces,
} from "./ascii.ts";
import { skipEscapes } from "./escapes.ts";
import { isLevel } from "./logger.ts";
import { type LogPrefix, addOrigin, addTime, afterSeparator } from "./prefix.ts";
import { readTime } from "./time.ts";

const BAR = 0x7c;
const DASH = 0x2d;
const GREATER_THAN = 0x3e;

/**
 * `job<TAB>step<TAB>2024-01-01T00:00:00.1234567Z content`, as `gh run view --log` prints; the first time of a step has
 * a byte order mark before it. The time is read later. https://cli.github.com/manual/gh_run_view
 */
export function readStep(prefix: LogPrefix, bytes: Buffer, end: number): boolean {
  const jobEnd = findTab(bytes, prefix.at, end);
  const stepEnd = jobEnd === -1 ? -1 : findTab(bytes, jobEnd + 1, end);
  if (stepEnd === -1) return false;
  const next = stepEnd + 1;
  const at = beginsWithByteOrderMark(bytes, next, end) ? next + BYTE_ORDER_MARK_BYTES : next;
  if (readTime(bytes, at, end)?.periodMs !== null) return false;
  addOrigin(prefix, bytes.toString("utf8", prefix.at, jobEnd));
  addOrigin(prefix, bytes.toString("utf8", jobEnd + 1, stepEnd));
  prefix.at = at;
  return true;
}

function findTab(bytes: Uint8Array, at: number, end: number): number {
  for (let next = at; next < end; next += 1) if (bytes[next] === TAB) return next;
  return -1;
}

/**
 * `[pod/name/container] content`, as `kubectl logs --prefix` prints.
 * https://kubernetes.io/docs/reference/kubectl/generated/kubectl_logs/
 */
export function readPod(prefix: LogPrefix, bytes: Buffer, end: number): boolean {
  if (!beginsWith(bytes, prefix.at, end, "[pod/")) return false;
  let close = prefix.at;
  while (close < end && bytes[close] !== CLOSING_BRACKET && bytes[close] !== SPACE) close += 1;
  if (close === end || bytes[close] === SPACE) return false;
  const next = afterSeparator(bytes, close + 1, end);
  if (next === -1) return false;
  addOrigin(prefix, bytes.toString("latin1", prefix.at + 1, close));
  prefix.at = next;
  return true;
}

const SERVICE_BYTES = byteClass(`${LETTERS_AND_DIGITS}_.-@/`);
/** A pod created by a deployment: the hash of its template, and five letters; neither contains vowels. */
const DEPLOYED_POD = /-[bcdfghjklmnpqrstvwxz2456789]{8,10}-[bcdfghjklmnpqrstvwxz2456789]{5}$/;
const POD_SUFFIX_BYTES = "-xxxxx".length;

/**
 * `service-1  | content`, as `docker compose logs` prints; `docker service logs` prints `name.1.id@node`, and foreman
 * and similar tools print a time before it. Colours surround the name or the whole prefix.
 * https://docs.docker.com/reference/cli/docker/compose/logs/
 *
 * Also `pod container content` of stern (https://github.com/stern/stern), if the pod's name has the shape of a
 * deployment's; other words could be ordinary text.
 */
export function readService(prefix: LogPrefix, bytes: Buffer, end: number): boolean {
  const nameEnd = skipClass(SERVICE_BYTES, bytes, prefix.at, end);
  if (nameEnd === prefix.at) return false;
  const afterName = skipEscapes(bytes, nameEnd, end);
  const bar = skipEscapes(bytes, skipSpaces(bytes, afterName, end), end);
  if (bar < end && bytes[bar] === BAR && bar > nameEnd) {
    const next = afterSeparator(bytes, skipEscapes(bytes, bar + 1, end), end);
    const name = bytes.toString("latin1", prefix.at, nameEnd);
    if (next === -1 || isLevel(name)) return false;
    addOrigin(prefix, name);
    prefix.at = next;
    return true;
  }
  if (bytes[nameEnd - POD_SUFFIX_BYTES] !== DASH || bar >= end) return false;
  const pod = bytes.toString("latin1", prefix.at, nameEnd);
  const containerEnd = skipClass(SERVICE_BYTES, bytes, bar, end);
  if (containerEnd === bar || !DEPLOYED_POD.test(pod)) return false;
  const next = afterSeparator(bytes, skipEscapes(bytes, containerEnd, end), end);
  if (next === -1) return false;
  addOrigin(prefix, `${pod}/${bytes.toString("latin1", bar, containerEnd)}`);
  prefix.at = next;
  return true;
}

/** Time, host, program, process, message id, structured data: `-` means none. */
const SYSLOG_HEADER =
  /^1 (?<time>\S+) (?<host>\S+) (?<program>\S+) (?<process>\S+) \S+ (?:-|(?:\[(?:[^\]"]|"(?:[^"\\]|\\.)*")*\])+)(?: |$)/;

/**
 * `<34>1 2003-10-11T22:14:15.003Z host program 123 ID47 - content` (RFC 5424, 6), and the `<34>` before a line of the
 * older format (RFC 3164, 4.1), whose time is read later.
 */
export function readPriority(prefix: LogPrefix, bytes: Buffer, end: number): boolean {
  if (!beginsWith(bytes, prefix.at, end, "<")) return false;
  const digits = prefix.at + 1;
  const close = skipDigits(bytes, digits, end);
  if (close === digits || close >= end || bytes[close] !== GREATER_THAN) return false;
  const at = close + 1;
  if (digitAt(bytes, at) === -1) {
    if (readTime(bytes, at, end) === null) return false;
    prefix.at = at;
    return true;
  }
  const header = SYSLOG_HEADER.exec(bytes.toString("latin1", at, end));
  const { time = "", host = "", program = "", process = "" } = header?.groups ?? {};
  if (header === null) return false;
  const timeAt = at + "1 ".length;
  const written = readTime(bytes, timeAt, timeAt + time.length);
  if (written !== null) addTime(prefix, written.ms, written.periodMs);
  const name = [host, program].filter((part) => part !== "-").join(" ");
  if (name !== "") addOrigin(prefix, process === "-" ? name : `${name}[${process}]`);
  prefix.at = at + header[0].length;
  if (beginsWithByteOrderMark(bytes, prefix.at, end)) prefix.at += BYTE_ORDER_MARK_BYTES;
  return true;
}
