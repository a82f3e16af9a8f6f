// How long the texts of a report are, for those who do not need them as strings, which are made when they are asked for.
import { characterCount } from "../wording/characters.ts";
import type { ItemReport } from "./report.ts";

const counters = new WeakMap<ItemReport, () => number>();

/** Says how the characters of an item's text are counted without making it. */
export function countWith(item: ItemReport, count: () => number): void {
  counters.set(item, count);
}

/** Characters of an item's text, as Unicode counts them. */
export function textCharacters(item: ItemReport): number {
  const count = counters.get(item);
  return count === undefined ? characterCount(item.text ?? "") : count();
}
