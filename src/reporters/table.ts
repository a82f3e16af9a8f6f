// For people who check many sources: one line for each stream, as it is checked. Nothing is kept, because there may be
// any number of them; so column widths do not depend on the values.
import type { Checked } from "../check/checked.ts";
import { verdicts } from "../model/verdict.ts";
import { formatEvents, formatTokens } from "../views/table.ts";
import { writeFlow } from "../terminal/flow.ts";
import type { Page } from "../terminal/page.ts";
import { cutStart } from "../terminal/ruler.ts";
import { signOf } from "../views/headline.ts";
import { formatCount } from "../wording/counts.ts";
import { nameOfStream } from "../wording/stream-name.ts";
import { endOf, nameOf } from "./checked-stream.ts";
import { plainLine } from "./plain-line.ts";
import type { Reporter } from "./reporter.ts";
import { createTotals, describeCounts } from "./totals.ts";

/** Wide enough for the longest verdict. Numbers get their usual width; longer ones shift the rest of their row. */
const END_WIDTH = Math.max(...verdicts.map((verdict) => verdict.length));
const MARK_WIDTH = 2;
/** A terminal narrower than `from` does not show the column. */
const COLUMNS = [
  { head: "exit", width: 4, from: 0 },
  { head: "errors", width: 6, from: 60 },
  { head: "warnings", width: 8, from: 80 },
  { head: "events", width: 7, from: 100 },
  { head: "tokens", width: 9, from: 100 },
] as const;
const SPACE = 2;
const LEAST_NAME = 8;

/** A row for each stream, coloured by its exit code, and the totals at the end. */
export const table: Reporter = {
  name: "table",
  extension: "txt",
  title: "one line per stream, then the totals",
  create(page) {
    const totals = createTotals();
    let hasHead = false;
    return {
      checked(checked) {
        totals.add(checked);
        if (!hasHead) {
          const heads = COLUMNS.map(({ head }) => head);
          page.write(`${"verdict".padEnd(MARK_WIDTH + END_WIDTH)}${align(heads, page)}source\n`, "dim");
        }
        hasHead = true;
        const { exitCode, severityCounts, report } = checked;
        const counts = [exitCode, severityCounts.error, severityCounts.warning].map(formatCount);
        const { mark, paint } = signOf(exitCode);
        page.write(`${mark} ${endOf(checked).padEnd(END_WIDTH)}`, paint);
        const cells = align([...counts, formatEvents(report), formatTokens(report)], page);
        page.write(cells);
        page.writeInline(nameWithin(checked, MARK_WIDTH + END_WIDTH + cells.length, page));
        page.write("\n");
      },
      end(result) {
        if (hasHead) page.write("\n");
        const parts = [
          { text: `${totals.describeStreams()}; ${describeCounts(totals.severityCounts)}; ` },
          { text: plainLine(totals.describeExit(result)), paint: signOf(result.exitCode).paint },
        ] as const;
        writeFlow(page, parts, { start: 0, indent: MARK_WIDTH });
      },
    };
  },
};

/** Right-aligned cells, as many as there is room for. */
function align(cells: readonly string[], page: Page): string {
  const shown = COLUMNS.map(({ width, from }, column) => ({ width, from, cell: cells[column] ?? "" })).filter(
    ({ from }) => page.columns === null || page.columns >= from,
  );
  const space = " ".repeat(SPACE);
  return `${shown.map(({ cell, width }) => space + cell.padStart(width)).join("")}${space}`;
}

/** The end of the name that fits after `used` columns; a stream in a file is shortened to its place if needed. */
function nameWithin(checked: Checked, used: number, { columns, ruler }: Page): string {
  const name = plainLine(nameOf(checked));
  if (columns === null) return name;
  const room = Math.max(columns - used, LEAST_NAME);
  const stream = checked.report?.stream ?? null;
  if (stream === null || ruler.columnsOf(name) <= room) return cutStart(name, room, ruler);
  return cutStart(plainLine(nameOfStream({ source: checked.source, stream: { ...stream, name: null } })), room, ruler);
}
