// One table for several sources or streams, and the worst verdict.
import type { StreamExitCode } from "../model/exit-codes.ts";
import type { Report } from "../model/report.ts";
import { totalTokensOf } from "../model/total-tokens.ts";
import { UNREADABLE } from "../model/verdict.ts";
import type { Page } from "../terminal/page.ts";
import { cutStart } from "../terminal/ruler.ts";
import { visibleLine } from "../terminal/visible.ts";
import { signOfEnd } from "./headline.ts";
import { countOf, formatCount } from "../wording/counts.ts";

export interface StreamResult {
  /** The name of the source, and of the stream within it. */
  readonly source: string;
  /** Null if the source could not be read. */
  readonly report: Report | null;
  readonly exitCode: StreamExitCode;
}

const HEAD = ["events", "tokens", "source"];
const SPACE = "  ";
const MARK_WIDTH = 2;
const LEAST_NAME = 8;

/** Writes a row for each result, coloured by its end, then the worst verdict and the exit code. */
export function writeTable(page: Page, results: readonly StreamResult[], exitCode: number): void {
  const rows = results.map(({ source, report }) => [formatEvents(report), formatTokens(report), visibleLine(source)]);
  const verdicts = results.map(({ report }) => report?.verdict ?? UNREADABLE);
  const verdictWidth = MARK_WIDTH + Math.max("verdict".length, ...verdicts.map((verdict) => verdict.length));
  const widths = HEAD.map((_, column) => Math.max(...[HEAD, ...rows].map((row) => row[column]?.length ?? 0)));

  /** Aligns numbers to the right; the last column takes the remaining width of a terminal. */
  function format(row: readonly string[]): string {
    const numbers = row.slice(0, -1).map((cell, column) => SPACE + cell.padStart(widths[column] ?? 0));
    const used = verdictWidth + numbers.join("").length + SPACE.length;
    const name = row.at(-1) ?? "";
    const fitting =
      page.columns === null ? name : cutStart(name, Math.max(page.columns - used, LEAST_NAME), page.ruler);
    return `${numbers.join("")}${SPACE}${fitting}\n`;
  }

  page.write("verdict".padEnd(verdictWidth) + format(HEAD), "dim");
  for (const [index, row] of rows.entries()) {
    const { mark, paint } = signOfEnd(results[index]?.report ?? null);
    page.write(`${mark} ${verdicts[index] ?? ""}`.padEnd(verdictWidth), paint);
    page.write(format(row));
  }
  const ofExit = results.filter((result) => result.exitCode === exitCode).map(({ report }) => report);
  // Among successful streams, one with errors is worse.
  const worst = ofExit.find((report) => signOfEnd(report).paint !== "good") ?? ofExit[0] ?? null;
  page.write(`\n${countOf(results.length, isOfSources(results) ? "source" : "stream")}, the worst: `);
  page.write(worst?.verdict ?? UNREADABLE, signOfEnd(worst).paint);
  page.write(`, exit ${exitCode}\n`);
}

/** Whether the results are whole sources rather than streams of one source. */
function isOfSources(results: readonly StreamResult[]): boolean {
  return results.every(({ report }) => report === null || report.stream === null);
}

const NONE = "-";

/** The number of events of a stream; `-` if the source could not be read. */
export function formatEvents(report: Report | null): string {
  return report === null ? NONE : formatCount(report.events);
}

/** The sum of the tokens that the responses reported; `-` if none did. */
export function formatTokens(report: Report | null): string {
  const total = totalTokensOf(report);
  return total === null ? NONE : formatCount(total);
}
