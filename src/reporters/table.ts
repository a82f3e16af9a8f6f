// For people who check many sources: a line for each stream, as it is checked. Nothing is kept, so that there may be any
// number of them; that is why the columns do not wait for the widest value.
import { verdicts } from "../model/verdict.ts";
import { formatEvents, formatTokens } from "../views/table.ts";
import { formatCount } from "../wording/counts.ts";
import { endOf, nameOf, paintOf } from "./checked-stream.ts";
import { logLine } from "./plain-line.ts";
import type { Reporter } from "./reporter.ts";
import { createTotals, describeCounts } from "./totals.ts";

/** Wide enough for the longest verdict; numbers have the width they usually need, longer ones move the rest of their row. */
const END_WIDTH = Math.max(...verdicts.map((verdict) => verdict.length));
const COLUMNS = [
  { head: "exit", width: 4 },
  { head: "errors", width: 6 },
  { head: "warnings", width: 8 },
  { head: "events", width: 7 },
  { head: "tokens", width: 9 },
] as const;

/** A row for each stream, and in the end what they come to. */
export const table: Reporter = {
  name: "table",
  title: "one line per stream, and the worst of them",
  create(page) {
    const totals = createTotals();
    let hasHead = false;
    return {
      checked(checked) {
        totals.add(checked);
        if (!hasHead)
          page.write(`${"verdict".padEnd(END_WIDTH)}${align(COLUMNS.map(({ head }) => head))}source\n`, "dim");
        hasHead = true;
        const { exitCode, severityCounts, report } = checked;
        const counts = [exitCode, severityCounts.error, severityCounts.warning].map(formatCount);
        page.write(endOf(checked).padEnd(END_WIDTH), paintOf(checked));
        page.write(align([...counts, formatEvents(report), formatTokens(report)]));
        page.writeInline(logLine(nameOf(checked)));
        page.write("\n");
      },
      end(result) {
        if (hasHead) page.write("\n");
        page.write(`${totals.describeStreams()}; ${describeCounts(totals.severityCounts)}; `);
        page.writeInline(logLine(totals.describeExit(result)), result.exitCode === 0 ? "good" : "bad");
        page.write("\n");
      },
    };
  },
};

/** Cells to the right, each in its column. */
function align(cells: readonly string[]): string {
  return `${cells.map((cell, column) => `  ${cell.padStart(COLUMNS[column]?.width ?? 0)}`).join("")}  `;
}
