// A table that can be sorted by its columns. It shows its first rows, and all of them on request.
import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import { formatCount } from "../../../wording/counts.ts";
import { type SortOrder, sortRows } from "./sort-rows.ts";

export interface TableColumn<Row> {
  readonly title: string;
  readonly hint?: string;
  readonly isNumber?: boolean;
  /** Whether the largest values come first, as for numbers. */
  readonly isLargestFirst?: boolean;
  /** A class of its cells. */
  readonly className?: string;
  /** The value to sort by; unknown values come last. Without it, the column cannot be sorted. */
  readonly sortedBy?: (row: Row) => number | string | null;
  /** Below the title, for example a scale. */
  readonly scale?: ComponentChildren;
  readonly cell: (row: Row) => ComponentChildren;
}

interface SortableTableProps<Row> {
  readonly label: string;
  /** The first column names the row. */
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  /** A row below all others, which is not sorted. */
  readonly total?: Row | null;
  /** Below the rows. */
  readonly note?: string | null;
  readonly keyOf: (row: Row) => string;
  readonly isPrinting: boolean;
}

/** Number of rows that are shown at first. */
const FIRST_ROWS = 12;
/** With fewer hidden rows, all are shown: a button would take as much room. */
const FEWEST_HIDDEN = 4;

export function SortableTable<Row>({
  label,
  columns,
  rows,
  total = null,
  note = null,
  keyOf,
  isPrinting,
}: SortableTableProps<Row>) {
  const [order, setOrder] = useState<SortOrder | null>(null);
  const [isWhole, setWhole] = useState(false);
  const sorted = useMemo(() => {
    const by = order === null ? undefined : columns[order.column]?.sortedBy;
    return by === undefined || order === null ? rows : sortRows(rows, by, order.isDescending);
  }, [rows, order, columns]);
  const isCut = !isWhole && !isPrinting && sorted.length >= FIRST_ROWS + FEWEST_HIDDEN;
  const shown = isCut ? sorted.slice(0, FIRST_ROWS) : sorted;

  /** The first click sorts numbers in descending order, the second in ascending order, the third restores the order. */
  function sortBy(column: number): void {
    const { isNumber = false, isLargestFirst = isNumber } = columns[column] ?? {};
    if (order?.column !== column) setOrder({ column, isDescending: isLargestFirst });
    else if (order.isDescending === isLargestFirst) setOrder({ column, isDescending: !isLargestFirst });
    else setOrder(null);
  }

  function cellsOf(row: Row) {
    return columns.map(({ title, isNumber, className = "", cell }, index) => {
      const names = `${isNumber === true ? "figure " : ""}${className}`;
      return index === 0 ? (
        <th key={title} scope="row" class={names}>
          {cell(row)}
        </th>
      ) : (
        <td key={title} class={names}>
          {cell(row)}
        </td>
      );
    });
  }

  return (
    <div class="table-scroll">
      <table class="sortable" aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ title, hint, isNumber, className = "", sortedBy, scale }, index) => (
              <th
                key={title}
                scope="col"
                class={`${isNumber === true ? "figure " : ""}${className}`}
                title={hint}
                aria-sort={order?.column === index ? (order.isDescending ? "descending" : "ascending") : undefined}
              >
                {sortedBy === undefined ? (
                  <span class="fixed">{title}</span>
                ) : (
                  <button type="button" onClick={() => sortBy(index)}>
                    {title}
                  </button>
                )}
                {scale}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={keyOf(row)}>{cellsOf(row)}</tr>
          ))}
        </tbody>
        {total !== null && (
          <tfoot>
            <tr>{cellsOf(total)}</tr>
          </tfoot>
        )}
      </table>
      {note !== null && <p class="left-out">{note}</p>}
      {isCut && (
        <button type="button" class="link more" onClick={() => setWhole(true)}>
          Show all {formatCount(sorted.length)}
        </button>
      )}
    </div>
  );
}
