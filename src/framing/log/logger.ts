// The words of loggers between time and message: a level, a name, a thread. They could also be part of the message, so
// they are removed only if a line of an event stream follows, or nothing.
import { LETTERS_AND_DIGITS, OPENING_BRACKET, byteClass, headText, skipClass, skipSpaces } from "./ascii.ts";
import type { LogPrefix } from "./prefix.ts";

const LEVELS = ["trace", "debug", "info", "notice", "warn", "warning", "error", "fatal", "critical"].flatMap(
  (level) => [level, level.toUpperCase(), level.slice(0, 1).toUpperCase() + level.slice(1)],
);
const LONGEST_LEVEL = "critical".length;
const LEVEL = `(?:${LEVELS.join("|")})`;
/** `INFO`, `[info]`, `INFO:`, `INFO[0000]` */
const LEVEL_TOKEN = String.raw`(?:\[ *${LEVEL} *\]|${LEVEL})(?:\[\d+\])?(?=[ \t:|-]|$):*`;
/** `app.stream:`, `main.go:23`, `app -`, `1234 ---`, `c.e.Client :` */
const NAME_TOKEN = String.raw`[\w$][\w$.@/-]*(?::+|:\d+(?=[ \t])|[ \t]+(?:-{1,3}|\||:)(?=[ \t]|$))`;
/** `[main]`, `-`, `|` */
const OTHER_TOKEN = String.raw`\[[^\[\]]{1,80}\]:?|(?:-{1,3}|\|)(?=[ \t]|$)`;
/** The maximum number of tokens, which bounds the work on a line made of nothing else. */
const TOKENS = String.raw`[ \t]*(?:(?:${LEVEL_TOKEN}|${NAME_TOKEN}|${OTHER_TOKEN})[ \t]*){1,8}?`;
const FIELD = "(?:data|event|id|retry):";

const BEFORE_FIELD = new RegExp(`^${TOKENS}(?=${FIELD})`);
const WHOLE_LINE = new RegExp(`^${TOKENS}$`);
/** A level, a name of several parts, or a bracket or bar at the start: prose does not begin like this. */
const EVIDENCE = new RegExp(String.raw`(?<!\w)${LEVEL}(?!\w)|\w[./:]\w[^ ]*:|^[ \t]*[\[|-]`);
const HAS_LEVEL = new RegExp(String.raw`(?<!\w)${LEVEL}(?!\w)`);
const BEGINS_WITH_LEVEL = new RegExp(`^${LEVEL_TOKEN}`);
/** Python's `%(levelname)s:%(name)s:%(message)s`, the message being empty. */
const PYTHON_ALONE = new RegExp(String.raw`^${LEVEL}:[\w.]+:$`);

const TOKEN_STARTS = byteClass("[-|");
const LEVEL_STARTS = byteClass("TDINWEFCtdinwefc");
const NAME_BYTES = byteClass(`${LETTERS_AND_DIGITS}_$.@/-`);
const AFTER_NAME = byteClass(":-|");

/** Whether a name is that of a level. */
export function isLevel(name: string): boolean {
  return LEVELS.includes(name);
}

/** Decides most lines by their first word, for less than a regular expression costs. */
function mayBeginTokens(bytes: Uint8Array, at: number, end: number): boolean {
  const first = bytes[at] ?? 0;
  if (TOKEN_STARTS[first] === 1) return true;
  let next = skipClass(NAME_BYTES, bytes, at, end);
  if (next - at <= LONGEST_LEVEL && LEVEL_STARTS[first] === 1) return true;
  next = skipSpaces(bytes, next, end);
  return next < end && AFTER_NAME[bytes[next] ?? 0] === 1;
}

/** Reads a logger's words after a time, if they are certain to be a logger's. */
export function readLogger(prefix: LogPrefix, bytes: Buffer, end: number): boolean {
  const { at } = prefix;
  if (prefix.atMs === null || !mayBeginTokens(bytes, skipSpaces(bytes, at, end), end)) return false;
  const text = headText(bytes, at, end);
  const tokens = BEFORE_FIELD.exec(text)?.[0];
  if (tokens === undefined ? !WHOLE_LINE.test(text) || !HAS_LEVEL.test(text) : !EVIDENCE.test(tokens)) return false;
  prefix.at += tokens?.length ?? text.length;
  return true;
}

/** Reads `INFO:root:` and similar prefixes of loggers that write no time. */
export function readLevel(prefix: LogPrefix, bytes: Buffer, end: number): boolean {
  const { at } = prefix;
  const first = bytes[at] ?? 0;
  if (LEVEL_STARTS[first] !== 1 && first !== OPENING_BRACKET) return false;
  const text = headText(bytes, at, end);
  if (!BEGINS_WITH_LEVEL.test(text)) return false;
  const length = PYTHON_ALONE.test(text) ? text.length : (BEFORE_FIELD.exec(text)?.[0].length ?? 0);
  prefix.at += length;
  return length > 0;
}
