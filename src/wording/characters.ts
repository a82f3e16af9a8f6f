// Text measured in characters, as opposed to JavaScript's UTF-16 units.

/** The number of Unicode code points: an emoji counts as one, although it takes two UTF-16 units. */
export function characterCount(text: string): number {
  const first = text.search(HIGH_SURROGATE);
  if (first === -1) return text.length;
  let pairs = 0;
  // Written out, because texts are long and calls within the loop are not inlined (see src/process/tuning.ts).
  for (let index = first; index < text.length; index += 1) {
    if ((text.charCodeAt(index) & SURROGATE_MASK) === HIGH_SURROGATES) pairs += 1;
  }
  return text.length - pairs;
}

/** Whether the unit at `index` is the second half of a surrogate pair. */
export function isWithinCharacter(text: string, index: number): boolean {
  const isAfterHigh = (text.charCodeAt(index - 1) & SURROGATE_MASK) === HIGH_SURROGATES;
  return isAfterHigh && (text.charCodeAt(index) & SURROGATE_MASK) === LOW_SURROGATES;
}

/** V8 can rule out a match for a Latin-1 string without a search. */
const HIGH_SURROGATE = /[\ud800-\udbff]/;
/** https://www.unicode.org/faq/utf_bom.html#utf16-2 */
const SURROGATE_MASK = 0xfc00;
const HIGH_SURROGATES = 0xd800;
const LOW_SURROGATES = 0xdc00;
