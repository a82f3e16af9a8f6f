// The replacement of a character of text. It depends on that character alone, so that pieces of a text stay its pieces
// wherever it was cut; and it has as many UTF-8 bytes and as many UTF-16 code units.

/** Maps a UTF-16 code unit to its replacement, which is as long in UTF-8. Surrogates stay surrogates. */
export type UnitMap = (unit: number) => number;

const SMALL_LETTER = 0x78;
const CAPITAL_LETTER = 0x58;
const DIGIT_ZERO = 0x30;
const TWO_BYTES_LETTER = 0xe9;
const THREE_BYTES_LETTER = 0x4e00;
/** The two halves of U+1F600. */
const HIGH_SURROGATE = 0xd83d;
const LOW_SURROGATE = 0xde00;

/** Letters become x and X, digits 0, other meaningful characters a fixed one; the rest stays. */
export function redactUnit(unit: number): number {
  if (unit < 0x80) return redactAscii(unit);
  if (isKept(unit)) return unit;
  if (unit < 0x800) return TWO_BYTES_LETTER;
  if (unit >= 0xd800 && unit < 0xdc00) return HIGH_SURROGATE;
  if (unit >= 0xdc00 && unit < 0xe000) return LOW_SURROGATE;
  return THREE_BYTES_LETTER;
}

function redactAscii(unit: number): number {
  if (isSmallLetter(unit)) return SMALL_LETTER;
  if (isCapitalLetter(unit)) return CAPITAL_LETTER;
  return isDigit(unit) ? DIGIT_ZERO : unit;
}

export function isSmallLetter(unit: number): boolean {
  return unit >= 0x61 && unit <= 0x7a;
}

export function isCapitalLetter(unit: number): boolean {
  return unit >= 0x41 && unit <= 0x5a;
}

export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** Spaces, controls and punctuation beyond ASCII, including U+0085, U+2028 and U+2029, which rules check; U+FFFD. */
function isKept(unit: number): boolean {
  if (unit <= 0xa0) return true;
  if (unit >= 0x2000 && unit <= 0x206f) return true;
  if (unit >= 0x3000 && unit <= 0x3003) return true;
  return unit === 0x061c || unit === 0x1680 || unit === 0xfeff || unit === 0xfffd;
}

const OPAQUE_LETTER = 0x41;
const PLUS = 0x2b;
const SLASH = 0x2f;
const HYPHEN = 0x2d;
const LOW_LINE = 0x5f;

/** For base64 and similar: the positions of letters and digits would reveal the content. */
export function redactOpaqueUnit(unit: number): number {
  const isInAlphabet = isSmallLetter(unit) || isCapitalLetter(unit) || isDigit(unit);
  const isSign = unit === PLUS || unit === SLASH || unit === HYPHEN || unit === LOW_LINE;
  return isInAlphabet || isSign ? OPAQUE_LETTER : redactUnit(unit);
}

const DIGIT_ONE = 0x31;

/** For numbers that spell text: digits become 1, so that no number begins with 0. */
export function redactDigit(unit: number): number {
  return isDigit(unit) ? DIGIT_ONE : unit;
}
