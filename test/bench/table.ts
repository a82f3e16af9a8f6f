// Writes Markdown tables, padded like the formatter's, and the numbers in them.
import type { Spread } from "./statistics.ts";

/** The first row is the header; the first column is text, the others are numbers. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => padded(cell, widths[column] ?? 0, column)).join(" | ")} |\n`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |\n`;
  const [head = [], ...body] = rows;
  return line(head) + rule + body.map(line).join("");
}

function padded(cell: string, width: number, column: number): string {
  const blanks = " ".repeat(width - cell.length);
  return column === 0 ? cell + blanks : blanks + cell;
}

/** `1.94 (1.90–2.01)`. */
export function seconds(spread: Spread): string {
  const digits = spread.median < 100 ? 2 : 0;
  return withSpread(spread, spread.median < 0.1 ? 3 : digits, "");
}

/** `3.10× (2.91–3.32)`. */
export function times(spread: Spread): string {
  return withSpread(spread, spread.median < 10 ? 2 : 1, "×");
}

function withSpread({ median, least, most }: Spread, digits: number, unit: string): string {
  return `${median.toFixed(digits)}${unit} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000).toLocaleString("en")} MB`;
}
