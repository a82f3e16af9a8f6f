// Compares two texts that should be equal: where they differ, and what each has there.
import type { TextKind } from "../../model/text-kinds.ts";
import { isWithinCharacter } from "../../wording/characters.ts";
import { excerpt } from "../../wording/cut.ts";

export interface TextDifference {
  /** The first character that differs, counted in UTF-16 from 0. */
  readonly at: number;
  /** The text around it in each. */
  readonly expected: string;
  readonly seen: string;
  /** Where they differ, and by how much their lengths differ: the end of a sentence. */
  readonly words: string;
}

/** Characters in an excerpt before the difference, and from it on. */
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

/** Names a part of an item in a message. */
export function namePart(item: number, kind: TextKind, part: number): string {
  return `the ${WORDS[kind]} of item ${item}${part === 0 ? "" : `, part ${part}`}`;
}

/** Compares two different texts. `seen` is the one that the words describe. */
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
  // Not between the halves of a surrogate pair.
  return isWithinCharacter(one, at) || isWithinCharacter(other, at) ? at - 1 : at;
}

function around(text: string, at: number): string {
  return excerpt(text, Math.max(at - BEFORE, 0), at + AFTER);
}
