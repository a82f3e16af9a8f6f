// Shortens long text: an ellipsis replaces the missing part, and no character is split. Lengths are in UTF-16 units.
import { isWithinCharacter } from "./characters.ts";
import { formatCount } from "./counts.ts";

const ELLIPSIS = "…";
/** Texts cut shorter than this have no room for the word "characters". */
const SHORT = 60;

/** A part of a text, with an ellipsis on each side where the text continues. A character at the edge is never split. */
export function excerpt(text: string, start: number, end: number): string {
  const from = wholeBefore(text, start);
  const to = wholeBefore(text, Math.min(end, text.length));
  return `${from > 0 ? ELLIPSIS : ""}${text.slice(from, to)}${to < text.length ? ELLIPSIS : ""}`;
}

/** The first `length` units, followed by an ellipsis if there are more: at most `length + 1` units. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : excerpt(text, 0, length);
}

/** Text in at most `width` units, including the ellipsis. */
export function cutToWidth(text: string, width: number): string {
  return text.length <= width ? text : cut(text, Math.max(width - ELLIPSIS.length, 0));
}

/** The first and the last units of a text, with an ellipsis between them if something is omitted. */
export function cutMiddle(text: string, first: number, last: number): string {
  if (text.length <= first + last + ELLIPSIS.length) return text;
  const end = text.length - last;
  return text.slice(0, wholeBefore(text, first)) + ELLIPSIS + text.slice(isWithinCharacter(text, end) ? end + 1 : end);
}

/** Text in at most `width` units; if it is cut, with the size of the whole text: `The tides …(1,234)`. */
export function cutWithSize(text: string, width: number): string {
  if (text.length <= width) return text;
  const count = formatCount(text.length);
  const size = width < SHORT ? `(${count})` : ` (${count} characters)`;
  return cut(text, Math.max(width - ELLIPSIS.length - size.length, 1)) + size;
}

function wholeBefore(text: string, index: number): number {
  return isWithinCharacter(text, index) ? index - 1 : index;
}
