// Reads bytes in place as ASCII text, without copying or decoding.

export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const ESC = 0x1b;
export const SPACE = 0x20;
export const COLON = 0x3a;
export const OPENING_BRACKET = 0x5b;
export const CLOSING_BRACKET = 0x5d;

const DIGIT_ZERO = 0x30;
const NINE = 9;
const LETTER_D = 0x64;
const LETTER_E = 0x65;
const LETTER_I = 0x69;
const LETTER_R = 0x72;
/** The limit on the part of a line that is read as text. */
const HEAD_BYTES = 512;

export const LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** A set of bytes, given as characters: faster to query than a Set. */
export type ByteClass = Readonly<Uint8Array>;

const BYTE_VALUES = 256;

export function byteClass(characters: string): ByteClass {
  const members = new Uint8Array(BYTE_VALUES);
  for (let index = 0; index < characters.length; index += 1) members[characters.charCodeAt(index)] = 1;
  return members;
}

/** The first position from `at` on with a byte outside the class. */
export function skipClass(members: ByteClass, bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && members[bytes[next] ?? 0] === 1) next += 1;
  return next;
}

/** The end of the part of a line, starting at `at`, that may be read as text. */
export function headEnd(at: number, end: number): number {
  return Math.min(end, at + HEAD_BYTES);
}

/** The part of a line that may be read as text, one character per byte. */
export function headText(bytes: Buffer, at: number, end: number): string {
  return bytes.toString("latin1", at, headEnd(at, end));
}

export function beginsWith(bytes: Uint8Array, at: number, end: number, text: string): boolean {
  if (end - at < text.length) return false;
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[at + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

/**
 * Whether a line begins like a line of an event stream: a field name and a colon, or the colon of a comment. The
 * standard also accepts a name without a colon, but in a log that is an ordinary word.
 */
export function beginsWithField(bytes: Uint8Array, at: number, end: number): boolean {
  if (at >= end) return false;
  switch (bytes[at] ?? 0) {
    case COLON:
      return true;
    case LETTER_D:
      return beginsWith(bytes, at, end, "data:");
    case LETTER_E:
      return beginsWith(bytes, at, end, "event:");
    case LETTER_I:
      return beginsWith(bytes, at, end, "id:");
    case LETTER_R:
      return beginsWith(bytes, at, end, "retry:");
    default:
      return false;
  }
}

/** The digit at this position, or -1. */
export function digitAt(bytes: Uint8Array, at: number): number {
  const digit = (bytes[at] ?? 0) - DIGIT_ZERO;
  return digit >= 0 && digit <= NINE ? digit : -1;
}

/** The two-digit number at this position, or -1. */
export function twoDigitsAt(bytes: Uint8Array, at: number): number {
  const tens = digitAt(bytes, at);
  const ones = digitAt(bytes, at + 1);
  return tens === -1 || ones === -1 ? -1 : tens * 10 + ones;
}

/** The first position from `at` on that is not a digit. */
export function skipDigits(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && digitAt(bytes, next) !== -1) next += 1;
  return next;
}

/** The first position from `at` on that is not a space. */
export function skipSpaces(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && bytes[next] === SPACE) next += 1;
  return next;
}
