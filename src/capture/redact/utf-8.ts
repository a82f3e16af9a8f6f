// UTF-8 as the standard's decoder takes it, with what is none: https://encoding.spec.whatwg.org/#utf-8-decoder
const FIRST_CONTINUATION = 0x80;
const LAST_CONTINUATION = 0xbf;
const LEAD_OF_REPLACEMENT = 0xef;
const SECOND_OF_REPLACEMENT = 0xbf;
/** Stands in no UTF-8: it is neither the beginning of anything nor the rest. */
const NEVER_UTF_8 = 0xff;

export interface ReadCharacter {
  /** Null where the bytes are no character; the decoder reads all `length` of them as one U+FFFD. */
  readonly codePoint: number | null;
  readonly length: number;
}

/**
 * Reads what begins at `at`, which is no ASCII. Bytes that are no character are replaced by others that are none, as many
 * and read alike, whatever stands around them.
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
  // Longer than needed, surrogates, and what lies beyond U+10FFFF are none.
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : FIRST_CONTINUATION;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : LAST_CONTINUATION;
  return byte >= lowest && byte <= highest;
}

/**
 * The beginning of a character that does not go on, or a byte that begins none. U+FFFD itself begins with EF BF: where it
 * is read for such bytes, they agree with it so far, and the place that is told of them lies behind.
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
