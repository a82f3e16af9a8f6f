// Two texts that should be one: where they part, and what stands there in each.
import type { TextKind } from "../../model/facts.ts";

export interface TextDifference {
  /** The first character, counted in UTF-16 from 0, that is not the same. */
  readonly at: number;
  /** What stands around it in each text. */
  readonly expected: string;
  readonly seen: string;
  /** Where they part, and by how much their lengths differ: the end of a sentence. */
  readonly words: string;
}

/** Characters that an excerpt shows before the difference, and from it on. */
const BEFORE = 12;
const AFTER = 40;
const CUT_MARK = "…";

const WORDS: Record<TextKind, string> = {
  text: "text",
  reasoning: "reasoning",
  "reasoning-summary": "reasoning summary",
  refusal: "refusal",
  "tool-input": "input",
  "tool-output": "output",
  code: "code",
};

/** A part of an item in the words of a message. */
export function namePart(item: number, kind: TextKind, part: number): string {
  return `the ${WORDS[kind]} of item ${item}${part === 0 ? "" : `, part ${part}`}`;
}

/** Compares two texts that are not the same. `seen` is the one that the words are about. */
export function differ(expected: string, seen: string): TextDifference {
  const at = firstDifference(expected, seen);
  const more = seen.length - expected.length;
  const characters = Math.abs(more) === 1 ? "1 character" : `${Math.abs(more)} characters`;
  const length = more === 0 ? `${seen.length} characters each` : `${characters} ${more < 0 ? "shorter" : "longer"}`;
  const words = `from character ${at} on: “${excerpt(seen, at)}” instead of “${excerpt(expected, at)}” (${length})`;
  return { at, expected: excerpt(expected, at), seen: excerpt(seen, at), words };
}

function firstDifference(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  let at = 0;
  while (at < length && one.charCodeAt(at) === other.charCodeAt(at)) at += 1;
  // Not between the halves of a pair, which are no characters.
  return isSecondHalf(one, at) || isSecondHalf(other, at) ? at - 1 : at;
}

function excerpt(text: string, at: number): string {
  let start = Math.max(at - BEFORE, 0);
  if (isSecondHalf(text, start)) start -= 1;
  let end = Math.min(at + AFTER, text.length);
  if (isSecondHalf(text, end)) end -= 1;
  return `${start > 0 ? CUT_MARK : ""}${text.slice(start, end)}${end < text.length ? CUT_MARK : ""}`;
}

/** Whether the character before this place and the one at it are one pair of UTF-16. */
function isSecondHalf(text: string, at: number): boolean {
  const isHigh = (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
  return isHigh && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
