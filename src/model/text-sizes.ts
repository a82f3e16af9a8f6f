// Text lengths of a report, for callers that do not need the strings, which are only made when read.
import { characterCount } from "../wording/characters.ts";
import type { ItemReport } from "./report.ts";

const counters = new WeakMap<ItemReport, () => number>();

/** Sets how the characters of an item's text are counted without making the string. */
export function countWith(item: ItemReport, count: () => number): void {
  counters.set(item, count);
}

/** Characters of an item's text, as Unicode counts them. */
export function textCharacters(item: ItemReport): number {
  const count = counters.get(item);
  return count === undefined ? characterCount(item.text ?? "") : count();
}
