// A table on a page: the first column gets the remaining width, and less important columns are dropped first.
import type { Page } from "../../terminal/page.ts";
import { cutStart, padTo } from "../../terminal/ruler.ts";
import { visibleLine } from "../../terminal/visible.ts";
import type { Section } from "./sections.ts";

const SPACE = "  ";
/** The first column is not cut below this width if other columns can be dropped. */
const LEAST_NAME = 16;
/** Longer names are cut in the middle, because their ends differ. */
const MOST_NAME = 48;
const LEAST_LAST = 12;

/** Writes the title as the header of the first column, then one line per row. */
export function writeTable(page: Page, { title, head, rows }: Section): void {
  const { ruler } = page;
  const table = rows.map(({ cells, isBad }) => ({ cells: cells.map(visibleLine), isBad }));
  const widths = head.map(({ text }, index) =>
    Math.max(
      ...[index === 0 ? visibleLine(title) : text, ...table.map(({ cells }) => cells[index] ?? "")].map((text) =>
        ruler.columnsOf(text),
      ),
    ),
  );
  const shown = fitting(widths, head, page.columns);
  const lastIndex = shown.at(-1) ?? 0;
  const nameWidth = Math.max(room(widths, shown, lastIndex, head, page.columns), 1);

  function format(cells: readonly string[]): readonly string[] {
    let used = nameWidth;
    return shown.map((index) => {
      const cell = cells[index] ?? "";
      if (index === 0) return padTo(cutMiddleTo(cell, nameWidth, page), nameWidth, ruler);
      const width = widths[index] ?? 0;
      used += SPACE.length + width;
      if (head[index]?.align === "right") return SPACE + " ".repeat(Math.max(width - ruler.columnsOf(cell), 0)) + cell;
      if (index !== lastIndex) return SPACE + padTo(cell, width, ruler);
      const left = page.columns === null ? Infinity : page.columns - (used - width);
      return SPACE + (left === Infinity ? cell : ruler.cut(cell, Math.max(left, 1)));
    });
  }

  page.write(
    `${format([title, ...head.slice(1).map(({ text }) => text)].map(visibleLine))
      .join("")
      .trimEnd()}\n`,
    "dim",
  );
  for (const { cells, isBad } of table) {
    page.write(format(cells).join("").trimEnd(), isBad ? "warning" : "plain");
    page.write("\n");
  }
}

/** The columns that fit, by index. */
function fitting(widths: readonly number[], head: Section["head"], columns: number | null): readonly number[] {
  let shown = [...head.keys()];
  if (columns === null) return shown;
  for (;;) {
    const last = shown.at(-1) ?? 0;
    const name = Math.min(widths[0] ?? 0, LEAST_NAME);
    if (name + othersOf(widths, shown, last, head) <= columns) return shown;
    const least = Math.max(...shown.map((index) => head[index]?.rank ?? 0));
    if (least === 0) return shown;
    shown = shown.filter((index) => head[index]?.rank !== least);
  }
}

/** How wide the first column can be. */
function room(
  widths: readonly number[],
  shown: readonly number[],
  last: number,
  head: Section["head"],
  columns: number | null,
): number {
  const wanted = Math.min(widths[0] ?? 0, MOST_NAME);
  return columns === null ? wanted : Math.min(wanted, Math.max(columns - othersOf(widths, shown, last, head), 1));
}

/** The width of all columns except the first; a text column at the end may be cut. */
function othersOf(widths: readonly number[], shown: readonly number[], last: number, head: Section["head"]): number {
  return shown.slice(1).reduce((sum, index) => {
    const width = widths[index] ?? 0;
    const isCut = index === last && head[index]?.align === "left" && head[index].rank === 0;
    return sum + SPACE.length + (isCut ? Math.min(width, LEAST_LAST) : width);
  }, 0);
}

const ELLIPSIS = "…";

function cutMiddleTo(text: string, width: number, { ruler }: Page): string {
  if (ruler.columnsOf(text) <= width) return text;
  const ofEnd = Math.floor(width / 2);
  const start = ruler.cut(text, width - ofEnd + ELLIPSIS.length).slice(0, -ELLIPSIS.length);
  return start + cutStart(text, ofEnd, ruler);
}
