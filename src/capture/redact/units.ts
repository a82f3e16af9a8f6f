// Rewrites text in bytes in place, code unit by code unit; the length in bytes stays.
import { BACKSLASH, isHexDigit, LETTER_U, SHORT_ESCAPES } from "./json-characters.ts";
import { redactUnit, type UnitMap } from "./text.ts";
import { readUtf8, writeUtf8 } from "./utf-8.ts";

const DIGIT_ZERO = 0x30;
const HEX_DIGITS = 4;
const UNICODE_ESCAPE_BYTES = 2 + HEX_DIGITS;
const REPLACEMENT_CHARACTER = 0xfffd;
const FIRST_SUPPLEMENTARY = 0x10000;

/**
 * Passes each code unit between `start` and `end` to `map`, in order, and writes what it returns. `escapes`: the bytes
 * are the content of a JSON string, where an escape stays an escape. Invalid UTF-8 stays invalid at the same place;
 * `map` gets U+FFFD for it, and its result is ignored.
 */
export function rewriteUnits(bytes: Buffer, start: number, end: number, map: UnitMap, escapes: boolean): void {
  let at = start;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (escapes && byte === BACKSLASH) at = rewriteEscape(bytes, at, end, map);
    else if (byte < 0x80) {
      bytes[at] = map(byte);
      at += 1;
    } else at = rewriteCharacter(bytes, at, end, map);
  }
}

function rewriteCharacter(bytes: Buffer, at: number, end: number, map: UnitMap): number {
  const { codePoint, length } = readUtf8(bytes, at, end);
  if (codePoint === null) map(REPLACEMENT_CHARACTER);
  else if (codePoint < FIRST_SUPPLEMENTARY) writeUtf8(bytes, at, map(codePoint));
  else {
    const offset = codePoint - FIRST_SUPPLEMENTARY;
    const high = map(0xd800 + (offset >> 10));
    const low = map(0xdc00 + (offset & 0x3ff));
    writeUtf8(bytes, at, FIRST_SUPPLEMENTARY + ((high & 0x3ff) << 10) + (low & 0x3ff));
  }
  return at + length;
}

function rewriteEscape(bytes: Buffer, at: number, end: number, map: UnitMap): number {
  const second = at + 1 < end ? bytes[at + 1] : undefined;
  const short = second === undefined ? undefined : SHORT_ESCAPES.get(second);
  if (short !== undefined) {
    // These characters are never replaced.
    map(short);
    return at + 2;
  }
  // An invalid or cut escape stays invalid, whatever the map returns.
  if (second !== LETTER_U) {
    map(BACKSLASH);
    if (second === undefined || second >= 0x80) return at + 1;
    map(second);
    bytes[at + 1] = redactUnit(second);
    return at + 2;
  }
  const first = at + 2;
  const last = endOfHex(bytes, first, Math.min(first + HEX_DIGITS, end));
  const isWhole = last === at + UNICODE_ESCAPE_BYTES;
  const unit = isWhole ? map(Number.parseInt(bytes.toString("latin1", first, last), 16)) : null;
  if (unit !== null) bytes.write(unit.toString(16).padStart(HEX_DIGITS, "0"), first, "latin1");
  else bytes.fill(DIGIT_ZERO, first, last);
  return last;
}

function endOfHex(bytes: Buffer, start: number, limit: number): number {
  let end = start;
  while (end < limit && isHexDigit(bytes[end] ?? 0)) end += 1;
  return end;
}
