// Sorts the rows of a table by one of its columns.

export interface SortOrder {
  /** Its index. */
  readonly column: number;
  readonly isDescending: boolean;
}

/** Unknown values come last in both directions; equal ones keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  by: (row: Row) => number | string | null,
  isDescending: boolean,
): readonly Row[] {
  return rows
    .map((row) => ({ row, value: by(row) }))
    .toSorted((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      return compare(a.value, b.value) * (isDescending ? -1 : 1);
    })
    .map(({ row }) => row);
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return names.compare(String(a), String(b));
}

/** `m-2` comes before `m-10`. */
const names = new Intl.Collator("en", { numeric: true });
