// Which rows of the event table are shown.
import type { EventRow, StreamDetail } from "../data.ts";
import { type EventKind, eventKinds } from "../event-kind.ts";

export interface EventFilter {
  readonly search: string;
  /** Null: all. */
  readonly kind: EventKind | "findings" | null;
}

/** The rows that fit, as their places among all. A search that is `/…/` is a regular expression, if it is a valid one. */
export function filterRows(
  { rows, types }: StreamDetail,
  { search, kind }: EventFilter,
  hasFinding: ReadonlySet<number>,
): readonly number[] {
  const matches = matcherOf(search);
  const fitting: number[] = [];
  for (const [place, row] of rows.entries()) {
    if (kind === "findings" ? !hasFinding.has(row[1] ?? -1) : kind !== null && row[0] !== kind) continue;
    if (matches === null || matches(textOf(row, types))) fitting.push(place);
  }
  return fitting;
}

function textOf([kind, , , , type, data, said]: EventRow, types: readonly string[]): string {
  return `${kind} ${types[type] ?? ""} ${said} ${data}`;
}

function matcherOf(search: string): ((text: string) => boolean) | null {
  if (search === "") return null;
  const [, source] = /^\/(.+)\/i?$/.exec(search) ?? [];
  if (source !== undefined) {
    try {
      const pattern = new RegExp(source, "i");
      return (text) => pattern.test(text);
    } catch {
      // Not yet a pattern while it is typed.
    }
  }
  const word = search.toLowerCase();
  return (text) => text.toLowerCase().includes(word);
}

/** How many rows there are of each kind that there is, in the order of the kinds. */
export function countKinds(rows: readonly EventRow[]): readonly (readonly [EventKind, number])[] {
  const counts = new Map<EventKind, number>();
  for (const [kind] of rows) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return eventKinds.flatMap((kind) => {
    const count = counts.get(kind) ?? 0;
    return count === 0 ? [] : [[kind, count] as const];
  });
}
