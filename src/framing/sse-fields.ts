// The fields of an SSE line: their names and values, cut as bytes.
// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
import type { Line } from "./lines.ts";

const COLON = 0x3a;
const SPACE = 0x20;
const LONGEST_FIELD_NAME = "event".length;

const FIELD_NAMES = ["data", "event", "id", "retry"] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** Keyed by the first byte, which is different for each name. */
const NAMES_BY_FIRST_BYTE = new Map(
  FIELD_NAMES.map((name) => [name.charCodeAt(0), { name, bytes: Buffer.from(name) }]),
);

/** The field that a line sets, or null if the standard ignores the line. Looks at its first six bytes at most. */
export function fieldName({ bytes, start, end }: Line): FieldName | null {
  const known = NAMES_BY_FIRST_BYTE.get(bytes[start] ?? NaN);
  if (known === undefined) return null;
  const nameEnd = start + known.bytes.length;
  if (nameEnd > end || (nameEnd < end && bytes[nameEnd] !== COLON)) return null;
  for (let at = 1; at < known.bytes.length; at += 1) if (bytes[start + at] !== known.bytes[at]) return null;
  return known.name;
}

/** Whether an unfinished last line is a comment, or the beginning of a field name. */
export function mayBecomeField({ bytes, start, end }: Line): boolean {
  if (start === end || bytes[start] === COLON) return true;
  const text = bytes.toString("latin1", start, Math.min(end, start + LONGEST_FIELD_NAME + 1));
  return FIELD_NAMES.some((name) => name.startsWith(text));
}

/** "Collect the characters after the first colon; if value starts with a space, remove it." Without a colon: empty. */
export function fieldValue(line: Line, name: FieldName): string {
  return line.bytes.toString("utf8", valueStart(line, name), line.end);
}

/** A `retry` value counts only if it consists of these; the standard says ASCII digits. */
const ASCII_DIGITS = /^[0-9]+$/;

/** The reconnection time of a `retry` line in ms; null if it is not valid. */
export function retryMs(line: Line): number | null {
  const digits = fieldValue(line, "retry");
  return ASCII_DIGITS.test(digits) ? Math.min(Number(digits), Number.MAX_SAFE_INTEGER) : null;
}

/** Where the value of a line with that field begins in the line's bytes. */
export function valueStart({ bytes, start, end }: Line, name: FieldName): number {
  const afterColon = start + name.length + 1;
  if (afterColon >= end) return end;
  return bytes[afterColon] === SPACE ? afterColon + 1 : afterColon;
}
