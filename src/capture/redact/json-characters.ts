// The characters of JSON (RFC 8259), as bytes of UTF-8 and as UTF-16 code units, which are the same.
export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPENING_BRACE = 0x7b;
export const CLOSING_BRACE = 0x7d;
export const OPENING_BRACKET = 0x5b;
export const CLOSING_BRACKET = 0x5d;
/** Begins the escape of a code unit by its four digits. */
export const LETTER_U = 0x75;

/** What counts as whitespace between tokens. */
export const WHITESPACE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);
/** What numbers are made of, in whatever order. */
export const NUMBER_CHARACTERS: ReadonlySet<number> = new Set(Buffer.from("0123456789+-.eE"));
/** What the second character of a short escape stands for. */
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
