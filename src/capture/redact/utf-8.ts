// Reads UTF-8 like the standard's decoder, including invalid bytes: https://encoding.spec.whatwg.org/#utf-8-decoder
const FIRST_CONTINUATION = 0x80;
const LAST_CONTINUATION = 0xbf;
const LEAD_OF_REPLACEMENT = 0xef;
const SECOND_OF_REPLACEMENT = 0xbf;
/** Never occurs in UTF-8, neither as a lead nor as a continuation. */
const NEVER_UTF_8 = 0xff;

export interface ReadCharacter {
  /** Null if the bytes are not a character; the decoder reads all `length` of them as one U+FFFD. */
  readonly codePoint: number | null;
  readonly length: number;
}

/**
 * Reads the non-ASCII character at `at`. Invalid bytes are replaced by as many other invalid bytes, which decode the
 * same way whatever surrounds them.
 */
export function readUtf8(bytes: Buffer, at: number, end: number): ReadCharacter {
  const lead = bytes[at] ?? 0;
  const needed = continuations(lead);
  let codePoint = lead & (0x3f >> needed);
  let taken = 0;
  while (taken < needed && at + taken + 1 < end) {
    const next = bytes[at + taken + 1] ?? 0;
    if (!continues(lead, taken, next)) break;
    codePoint = (codePoint << 6) | (next & 0x3f);
    taken += 1;
  }
  if (needed > 0 && taken === needed) return { codePoint, length: needed + 1 };
  replaceFragment(bytes, at, taken);
  return { codePoint: null, length: taken + 1 };
}

function continuations(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 1;
  if (lead >= 0xe0 && lead <= 0xef) return 2;
  return lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
}

function continues(lead: number, taken: number, byte: number): boolean {
  if (taken > 0) return byte >= FIRST_CONTINUATION && byte <= LAST_CONTINUATION;
  // Overlong forms, surrogates and values beyond U+10FFFF are invalid.
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : FIRST_CONTINUATION;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : LAST_CONTINUATION;
  return byte >= lowest && byte <= highest;
}

/**
 * Replaces an incomplete character, or a byte that starts none. U+FFFD itself starts with EF BF, so bytes
 * that start the same way stay: the reported place of the error is the first byte that differs from U+FFFD.
 */
function replaceFragment(bytes: Buffer, at: number, taken: number): void {
  const lead = bytes[at] ?? 0;
  if (lead === LEAD_OF_REPLACEMENT) {
    if (taken > 0 && bytes[at + 1] !== SECOND_OF_REPLACEMENT) bytes[at + 1] = FIRST_CONTINUATION;
  } else if (taken === 0) bytes[at] = NEVER_UTF_8;
  else {
    const model = lead >= 0xf0 ? FRAGMENT_OF_FOUR : FRAGMENT_OF_THREE;
    model.copy(bytes, at, 0, taken + 1);
  }
}

const FRAGMENT_OF_THREE = Buffer.from([0xe4, 0xb8]);
const FRAGMENT_OF_FOUR = Buffer.from([0xf0, 0x9f, 0x98]);

/** Writes a code point over another one that takes as many bytes. */
export function writeUtf8(bytes: Buffer, at: number, codePoint: number): void {
  bytes.write(String.fromCodePoint(codePoint), at, "utf8");
}
