const REPLACEMENT_CHARACTER = "\ufffd";
const EXCERPT_CHARACTERS = 24;

export interface InvalidUtf8 {
  /** The index of the first byte that is not part of a character; it may be one or two bytes late. */
  readonly at: number;
  /** The decoded text around it. */
  readonly excerpt: string;
}

/**
 * Where the bytes from `start` to `end`, decoded as `text`, are invalid UTF-8; null if they are valid, also if the
 * stream itself sent U+FFFD. Almost free for a text without that character.
 */
export function findInvalidUtf8(text: string, bytes: Buffer, start: number, end: number): InvalidUtf8 | null {
  const first = text.indexOf(REPLACEMENT_CHARACTER);
  if (first === -1) return null;
  const again = Buffer.from(text);
  let at = 0;
  while (start + at < end && bytes[start + at] === again[at]) at += 1;
  if (start + at === end && at === again.length) return null;
  const before = again.toString("utf8", 0, at).length;
  const from = Math.max(before - EXCERPT_CHARACTERS / 2, 0);
  return { at: start + at, excerpt: text.slice(from, from + EXCERPT_CHARACTERS) };
}
