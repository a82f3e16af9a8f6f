// The statistics as CSV (RFC 4180): one line per group, with all values in fixed columns.
import type { Page } from "../../terminal/page.ts";
import { verdicts, UNREADABLE } from "../../model/verdict.ts";
import { measures, tokenKinds } from "../measures.ts";
import type { GroupStatistics, MeasureStatistics, Statistics } from "../statistics.ts";

const QUANTILES = ["min", "p50", "p90", "p95", "p99", "max"] as const;

export function writeCsv(page: Page, { by, groups }: Statistics): void {
  writeRecord(page, headOf(by));
  for (const group of groups) writeRecord(page, cellsOf(group));
}

function headOf(by: readonly string[]): readonly string[] {
  return [
    ...by,
    "is_rest",
    "count",
    "responses",
    "streams",
    "failed",
    "failed_share",
    ...[...verdicts, UNREADABLE].map((verdict) => `verdict_${snake(verdict)}`),
    ...measures.flatMap(({ name, unit }) =>
      ["count", "exact", ...QUANTILES].map((of) => snake(`${name}${unit === "ms" ? "Ms" : ""}_${of}`)),
    ),
    ...tokenKinds.flatMap(({ name }) => [snake(`${name}Tokens`), snake(`${name}Tokens_reported`)]),
    "rules",
  ];
}

function cellsOf(group: GroupStatistics): readonly (string | number | boolean | null)[] {
  const { values, isRest, count, responses, streams, failed, failedShare } = group;
  const countOf = (name: string) => group.verdicts.find(({ verdict }) => verdict === name)?.count ?? 0;
  return [
    ...values,
    isRest,
    count,
    responses,
    streams,
    failed,
    failedShare,
    ...[...verdicts, UNREADABLE].map(countOf),
    ...measures.flatMap(({ name }) => measureCells(group.measures[name])),
    ...tokenKinds.flatMap(({ name }) => [group.tokens[name].sum, group.tokens[name].reported]),
    group.rules.map(({ rule, count: times }) => `${rule}=${times}`).join(" "),
  ];
}

function measureCells(measured: MeasureStatistics): readonly (number | boolean | null)[] {
  return [measured.count, measured.exact, ...QUANTILES.map((of) => measured[of])];
}

/** `firstTokenMs_p50` as `first_token_ms_p50`, `not-a-stream` as `not_a_stream`. */
function snake(name: string): string {
  return name.replaceAll("-", "_").replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function writeRecord(page: Page, cells: readonly (string | number | boolean | null)[]): void {
  page.write(`${cells.map(fieldOf).join(",")}\r\n`);
}

/** Text that a spreadsheet would compute. https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r]/;

/** Untrusted text: a possible formula gets an apostrophe, which spreadsheets do not show. */
function fieldOf(cell: string | number | boolean | null): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
