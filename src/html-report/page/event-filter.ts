// Selects the rows of the event table.
import { type Kind, kinds } from "../../event-words/kinds.ts";
import type { EventRow, StreamDetail } from "../data.ts";

export interface EventFilter {
  readonly search: string;
  /** A kind as in `--only`; null: all. */
  readonly kind: Kind | null;
}

/** The indexes of matching rows. A search of the form `/…/` is a regular expression, if it is a valid one. */
export function filterRows(
  { rows, types }: StreamDetail,
  { search, kind }: EventFilter,
  hasFinding: ReadonlySet<number>,
): readonly number[] {
  const matches = matcherOf(search);
  const fitting: number[] = [];
  for (const [place, row] of rows.entries()) {
    if (kind === "finding" ? !hasFinding.has(row[1] ?? -1) : kind !== null && !row[0].includes(kind)) continue;
    if (matches === null || matches(textOf(row, types))) fitting.push(place);
  }
  return fitting;
}

function textOf([[kind], , , , type, data, said]: EventRow, types: readonly string[]): string {
  return `${kind ?? ""} ${types[type] ?? ""} ${said} ${data}`;
}

function matcherOf(search: string): ((text: string) => boolean) | null {
  if (search === "") return null;
  const pattern = patternOf(search);
  if (pattern instanceof RegExp) return (text) => pattern.test(text);
  const word = search.toLowerCase();
  return (text) => text.toLowerCase().includes(word);
}

/** Whether a search has the form of a regular expression but is invalid. */
export function isInvalidPattern(search: string): boolean {
  return patternOf(search) === "invalid";
}

function patternOf(search: string): RegExp | "invalid" | null {
  const [, source] = /^\/(.+)\/i?$/.exec(search) ?? [];
  if (source === undefined) return null;
  try {
    return new RegExp(source, "i");
  } catch {
    return "invalid";
  }
}

/** A kind that occurs in the rows. */
export interface CountedKind {
  readonly name: Kind;
  readonly title: string;
  readonly count: number;
}

/** The number of rows for each kind that occurs, in the order of the kinds. A row may have several kinds. */
export function countKinds(rows: readonly EventRow[]): readonly CountedKind[] {
  const counts = new Map<Kind, number>();
  for (const [ofRow] of rows) for (const kind of ofRow) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return kinds.flatMap(({ name, title }) => {
    const count = counts.get(name) ?? 0;
    return count === 0 ? [] : [{ name, title, count }];
  });
}
