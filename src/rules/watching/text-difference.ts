// Two texts that should be one: where they part, and what stands there in each.
import type { TextKind } from "../../model/text-kinds.ts";
import { isWithinCharacter } from "../../wording/characters.ts";
import { excerpt } from "../../wording/cut.ts";

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
  const words = `from character ${at} on: “${around(seen, at)}” instead of “${around(expected, at)}” (${length})`;
  return { at, expected: around(expected, at), seen: around(seen, at), words };
}

function firstDifference(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  let at = 0;
  while (at < length && one.charCodeAt(at) === other.charCodeAt(at)) at += 1;
  // Not between the halves of a pair, which are no characters.
  return isWithinCharacter(one, at) || isWithinCharacter(other, at) ? at - 1 : at;
}

function around(text: string, at: number): string {
  return excerpt(text, Math.max(at - BEFORE, 0), at + AFTER);
}
