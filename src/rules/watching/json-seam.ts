// Finds where two frames were joined into one: data that is JSON up to a place where another JSON value begins.
import { DONE_SENTINEL } from "../../model/payload.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** The remains of a lost boundary: line ends, and the fields of the second frame. Then a value must begin. */
const BORDER = /\s*(?:event:[^\n]*\n)?(?:data:\s*)?(?=[{[])/y;

/** The field of a second frame within a first one that was cut. In a JSON string the quote would be escaped. */
const FIELD_WITHIN = /data: ?(?=[{[]\s*["{[])/;

/**
 * Where a second JSON value begins in data with several values, each a JSON object or array or `[DONE]`, or in data
 * where the first value is cut; null if the data is broken in another way. Takes linear time.
 */
export function findSeam(data: string): number | null {
  const start = data.search(/\S/);
  const end = data.startsWith(DONE_SENTINEL, start) ? start + DONE_SENTINEL.length : endOfValue(data, start);
  if (end === null) return findFieldWithin(data);
  BORDER.lastIndex = end;
  return BORDER.test(data) ? BORDER.lastIndex : null;
}

/** Where the value after such a field begins, if it is complete: https://github.com/anomalyco/opencode/issues/7692 */
function findFieldWithin(data: string): number | null {
  const found = FIELD_WITHIN.exec(data);
  if (found === null) return null;
  const start = found.index + found[0].length;
  return endOfValue(data, start) === null ? null : start;
}

/** Where the JSON object or array that begins at `start` ends; null if it does not end, or is invalid. */
function endOfValue(data: string, start: number): number | null {
  const end = closingOf(data, start);
  if (end === null) return null;
  try {
    JSON.parse(data.slice(start, end));
    return end;
  } catch {
    return null;
  }
}

/** The place after the bracket that closes the first one; JSON.parse checks that the kinds of brackets match. */
function closingOf(data: string, start: number): number | null {
  let depth = 0;
  let isInString = false;
  for (let at = start; at < data.length; at += 1) {
    const code = data.charCodeAt(at);
    if (isInString) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) isInString = true;
    else if (OPENING.has(code)) depth += 1;
    else if (CLOSING.has(code)) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}
