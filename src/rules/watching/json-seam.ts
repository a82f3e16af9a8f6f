// Where two frames were joined into one: data that is JSON up to a place, and begins anew there.
import { DONE_SENTINEL } from "../../model/payload.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** What may be left of a lost border: line ends, and the fields of the second frame. Then a value has to begin. */
const BORDER = /\s*(?:event:[^\n]*\n)?(?:data:\s*)?(?=[{[])/y;

/** The field of a second frame within a first one that was cut. In a text of JSON the quote would have a backslash. */
const FIELD_WITHIN = /data: ?(?=[{[]\s*["{[])/;

/**
 * Where a second JSON value begins in data that is more than one, each a JSON object or array or `[DONE]`, or in data that
 * was cut before it; null where the data is broken in another way. Takes time in proportion to its length.
 */
export function findSeam(data: string): number | null {
  const start = data.search(/\S/);
  const end = data.startsWith(DONE_SENTINEL, start) ? start + DONE_SENTINEL.length : endOfValue(data, start);
  if (end === null) return findFieldWithin(data);
  BORDER.lastIndex = end;
  return BORDER.test(data) ? BORDER.lastIndex : null;
}

/** Where the value behind such a field begins, if it is whole: https://github.com/anomalyco/opencode/issues/7692 */
function findFieldWithin(data: string): number | null {
  const found = FIELD_WITHIN.exec(data);
  if (found === null) return null;
  const start = found.index + found[0].length;
  return endOfValue(data, start) === null ? null : start;
}

/** Where the JSON object or array that begins at `start` ends; null where it does not, or is none. */
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

/** Behind the bracket that closes the first one; of which kind they are is left to JSON.parse. */
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
