// The characters of JSON (RFC 8259), as UTF-8 bytes, which equal their UTF-16 code units.
export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPENING_BRACE = 0x7b;
export const CLOSING_BRACE = 0x7d;
export const OPENING_BRACKET = 0x5b;
export const CLOSING_BRACKET = 0x5d;
/** Starts the escape of a code unit by four digits. */
export const LETTER_U = 0x75;

/** What counts as whitespace between tokens. */
export const WHITESPACE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);
/** The characters of numbers, in any order. */
export const NUMBER_CHARACTERS: ReadonlySet<number> = new Set(Buffer.from("0123456789+-.eE"));
/** The character that each short escape means, by the escape's second character. */
export const SHORT_ESCAPES: ReadonlyMap<number, number> = new Map([
  [QUOTE, QUOTE],
  [BACKSLASH, BACKSLASH],
  [0x2f, 0x2f],
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
]);
export const LITERALS = ["true", "false", "null"];

export function isHexDigit(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x46) || (unit >= 0x61 && unit <= 0x66);
}
