// Reads the times of log lines, in the formats of CI systems, containers, syslog and loggers.
import { COLON, SPACE, beginsWith, digitAt, skipDigits, twoDigitsAt } from "./ascii.ts";

export interface LogTime {
  /** In milliseconds, with fractions: since the epoch, or, if `periodMs` is given, since its clock began. */
  readonly ms: number;
  /** The period after which a clock without a date or a year restarts; null for an absolute time. */
  readonly periodMs: number | null;
  /** Where the text after it begins. */
  readonly end: number;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Syslog writes no year; this one is assumed because it has a 29 February. */
const ASSUMED_YEAR = 2000;
export const SYSLOG_PERIOD_MS = 366 * DAY_MS;

const PLUS = 0x2b;
const COMMA = 0x2c;
const DASH = 0x2d;
const DOT = 0x2e;
const SLASH = 0x2f;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;

const CLOCK_BYTES = "HH:MM:SS".length;
const DATE_BYTES = "YYYY-MM-DD".length;
const SYSLOG_DATE_BYTES = "Jan  2 ".length;
const UNIX_SECONDS_BYTES = "1700000000".length;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const MONTHS_IN_A_YEAR = 12;
/** Beside the date, a double holds no more digits of a second than these. */
const FRACTION_DIGITS = 9;
const FRACTION_SCALES = Array.from({ length: FRACTION_DIGITS + 1 }, (_, digits) => 10 ** digits);

/**
 * Reads the time that begins at `at`, or returns null if there is none:
 *
 * - ISO 8601 and similar formats: T or a space, a dot or a comma, any fraction, `Z`, `+hh:mm`, `+hhmm`, `+hh`, also
 *   after a space, or no zone, which means UTC; slashes, as Go's log package writes (`2009/11/10 23:00:00`)
 * - `HH:MM:SS`, with or without a fraction: milliseconds since midnight
 * - `Jan  2 03:04:05`, as syslog (RFC 3164, 4.1.2), journald and `ts` write: in the year 2000
 * - `1700000000.123`: seconds since the epoch
 */
export function readTime(bytes: Uint8Array, at: number, end: number): LogTime | null {
  if (digitAt(bytes, at) === -1) return readSyslogTime(bytes, at, end);
  if (bytes[at + 2] === COLON) return readClock(bytes, at, end, 0, DAY_MS);
  return bytes[at + UNIX_SECONDS_BYTES] === DOT ? readUnixTime(bytes, at, end) : readDateTime(bytes, at, end);
}

function readDateTime(bytes: Uint8Array, at: number, end: number): LogTime | null {
  if (end - at < DATE_BYTES + 1 + CLOCK_BYTES) return null;
  const separator = bytes[at + 4];
  if ((separator !== DASH && separator !== SLASH) || bytes[at + 7] !== separator) return null;
  const between = bytes[at + DATE_BYTES];
  if (between !== LETTER_T && between !== SPACE) return null;
  const century = twoDigitsAt(bytes, at);
  const year = twoDigitsAt(bytes, at + 2);
  const month = twoDigitsAt(bytes, at + 5);
  const day = twoDigitsAt(bytes, at + 8);
  if (century === -1 || year === -1 || month < 1 || month > MONTHS_IN_A_YEAR || day < 1 || day > 31) return null;
  const dateMs = Date.UTC(century * 100 + year, month - 1, day);
  const local = readClock(bytes, at + DATE_BYTES + 1, end, dateMs, null);
  return local === null ? null : readZone(bytes, local, end);
}

/** `HH:MM:SS`, and a fraction; `dateMs` is added. */
function readClock(
  bytes: Uint8Array,
  at: number,
  end: number,
  dateMs: number,
  periodMs: number | null,
): LogTime | null {
  if (end - at < CLOCK_BYTES || bytes[at + 2] !== COLON || bytes[at + 5] !== COLON) return null;
  const hour = twoDigitsAt(bytes, at);
  const minute = twoDigitsAt(bytes, at + 3);
  const second = twoDigitsAt(bytes, at + 6);
  // 60 is a leap second.
  if (hour === -1 || hour > 23 || minute === -1 || minute > 59 || second === -1 || second > 60) return null;
  const wholeMs = dateMs + hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS;
  const point = at + CLOCK_BYTES;
  const hasFraction = point < end && (bytes[point] === DOT || bytes[point] === COMMA);
  const fractionEnd = hasFraction ? skipDigits(bytes, point + 1, end) : point;
  if (fractionEnd <= point + 1) return { ms: wholeMs, periodMs, end: point };
  return { ms: wholeMs + readFraction(bytes, point + 1, fractionEnd), periodMs, end: fractionEnd };
}

/** The milliseconds for the digits of a fraction of a second. */
function readFraction(bytes: Uint8Array, at: number, end: number): number {
  const digits = Math.min(end - at, FRACTION_DIGITS);
  let value = 0;
  for (let index = 0; index < digits; index += 1) value = value * 10 + digitAt(bytes, at + index);
  return (value * SECOND_MS) / (FRACTION_SCALES[digits] ?? 1);
}

/** Converts a local time to UTC, by the zone that follows it. */
function readZone(bytes: Uint8Array, local: LogTime, end: number): LogTime {
  if (local.end >= end) return local;
  const { ms, periodMs } = local;
  if (bytes[local.end] === LETTER_Z) return { ms, periodMs, end: local.end + 1 };
  if (beginsWith(bytes, local.end, end, " UTC")) return { ms, periodMs, end: local.end + " UTC".length };
  const hasSpace = bytes[local.end] === SPACE;
  const at = hasSpace ? local.end + 1 : local.end;
  const sign = bytes[at];
  if ((sign !== PLUS && sign !== DASH) || at + 3 > end) return local;
  const hours = twoDigitsAt(bytes, at + 1);
  if (hours === -1) return local;
  const minutesAt = bytes[at + 3] === COLON ? at + 4 : at + 3;
  const minutes = minutesAt + 2 <= end ? twoDigitsAt(bytes, minutesAt) : -1;
  // After a space, two digits alone could be a number in the text.
  if (minutes === -1 && (hasSpace || minutesAt !== at + 3)) return local;
  const zoneMs = hours * HOUR_MS + Math.max(minutes, 0) * MINUTE_MS;
  return { ms: sign === PLUS ? ms - zoneMs : ms + zoneMs, periodMs, end: minutes === -1 ? at + 3 : minutesAt + 2 };
}

function readUnixTime(bytes: Uint8Array, at: number, end: number): LogTime | null {
  const point = skipDigits(bytes, at, end);
  const fractionEnd = skipDigits(bytes, point + 1, end);
  if (point !== at + UNIX_SECONDS_BYTES || fractionEnd <= point + 1) return null;
  let seconds = 0;
  for (let index = at; index < point; index += 1) seconds = seconds * 10 + digitAt(bytes, index);
  return { ms: seconds * SECOND_MS + readFraction(bytes, point + 1, fractionEnd), periodMs: null, end: fractionEnd };
}

function readSyslogTime(bytes: Uint8Array, at: number, end: number): LogTime | null {
  if (end - at < SYSLOG_DATE_BYTES + CLOCK_BYTES) return null;
  if (bytes[at + 3] !== SPACE || bytes[at + 6] !== SPACE || bytes[at + 9] !== COLON) return null;
  const month = MONTHS.findIndex((name) => beginsWith(bytes, at, end, name));
  const day = bytes[at + 4] === SPACE ? digitAt(bytes, at + 5) : twoDigitsAt(bytes, at + 4);
  if (month === -1 || day < 1 || day > 31) return null;
  const dateMs = Date.UTC(ASSUMED_YEAR, month, day) - Date.UTC(ASSUMED_YEAR, 0);
  return readClock(bytes, at + SYSLOG_DATE_BYTES, end, dateMs, SYSLOG_PERIOD_MS);
}
