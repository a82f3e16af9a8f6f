// Escape sequences of terminals: colours, erasing, titles, links (ECMA-48, 5).
// https://ecma-international.org/publications-and-standards/standards/ecma-48/
import { CLOSING_BRACKET, ESC, OPENING_BRACKET, SPACE, digitAt, headEnd } from "./ascii.ts";

const BELL = 0x07;
const SLASH = 0x2f;
const QUESTION_MARK = 0x3f;
const SEMICOLON = 0x3b;
const BACKSLASH = 0x5c;
const LETTER_K = 0x4b;
const LETTER_M = 0x6d;
const TILDE = 0x7e;
const AT_SIGN = 0x40;
const DIGIT_ZERO = 0x30;
/** The openers of strings that end in BEL or ESC \: OSC, APC, DCS, PM, SOS. */
const STRING_OPENERS = new Set([CLOSING_BRACKET, 0x5f, 0x50, 0x5e, 0x58]);
/** The short sequences in use, with their length: ESC ( B, as `tput sgr0` writes, ESC 7, ESC =. */
const LENGTHS: ReadonlyMap<string, number> = new Map([
  ["(", 3],
  [")", 3],
  ["7", 2],
  ["8", 2],
  ["=", 2],
  [">", 2],
]);
/** The limit for a colour sequence at the end of a line. */
const LONGEST_TRAILING_SEQUENCE = 24;

/** The first position from `at` on where no escape sequence begins. */
export function skipEscapes(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && bytes[next] === ESC) {
    const after = sequenceEnd(bytes, next, headEnd(next, end));
    if (after === -1) return next;
    next = after;
  }
  return next;
}

/** The end of the sequence that begins with the ESC at `at`; -1 if it is not a sequence, or has no end. */
function sequenceEnd(bytes: Uint8Array, at: number, end: number): number {
  const opener = bytes[at + 1] ?? 0;
  if (opener === OPENING_BRACKET) {
    const parameters = skipRange(bytes, at + 2, end, DIGIT_ZERO, QUESTION_MARK);
    const final = skipRange(bytes, parameters, end, SPACE, SLASH);
    return final < end && (bytes[final] ?? 0) >= AT_SIGN && (bytes[final] ?? 0) <= TILDE ? final + 1 : -1;
  }
  if (STRING_OPENERS.has(opener)) return stringEnd(bytes, at + 2, end);
  const length = LENGTHS.get(String.fromCharCode(opener)) ?? 0;
  return length > 0 && at + length <= end ? at + length : -1;
}

function skipRange(bytes: Uint8Array, at: number, end: number, lowest: number, highest: number): number {
  let next = at;
  while (next < end && (bytes[next] ?? 0) >= lowest && (bytes[next] ?? 0) <= highest) next += 1;
  return next;
}

function stringEnd(bytes: Uint8Array, at: number, end: number): number {
  for (let next = at; next < end; next += 1) {
    if (bytes[next] === BELL) return next + 1;
    if (bytes[next] === ESC) return next + 1 < end && bytes[next + 1] === BACKSLASH ? next + 2 : -1;
  }
  return -1;
}

/** The end of a text without the colours and erasures at its end; at least `start`. */
export function trimEscapes(bytes: Uint8Array, start: number, end: number): number {
  let last = end;
  for (;;) {
    const final = bytes[last - 1];
    if (last <= start || (final !== LETTER_M && final !== LETTER_K)) return last;
    let at = last - 2;
    const lowest = Math.max(start, last - LONGEST_TRAILING_SEQUENCE);
    while (at > lowest && (bytes[at] === SEMICOLON || digitAt(bytes, at) !== -1)) at -= 1;
    if (at <= lowest || bytes[at] !== OPENING_BRACKET || bytes[at - 1] !== ESC) return last;
    last = at - 1;
  }
}
