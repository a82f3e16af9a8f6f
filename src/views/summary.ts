// The summary: what a stream was, on stderr, in lines that fit 60 columns.
import stringWidth from "string-width";
import type { ItemReport, Report, ResponseReport } from "../report.ts";
import type { Finding, Severity } from "../rules/rule.ts";
import type { Page, Paint } from "../terminal/page.ts";
import { visibleLine } from "../terminal/visible.ts";
import type { Verdict } from "../verdict.ts";
import { countOf, cut, describeError, formatCount } from "./wording.ts";

const LABEL_WIDTH = 10;
/** Where the page has no width, and the most that is used of a wide one. */
const DEFAULT_COLUMNS = 80;
const MOST_COLUMNS = 100;
const MOST_RESPONSES = 8;
const MOST_ITEMS = 12;
const MOST_FINDINGS = 8;
const LONGEST_TEXT = 400;

export const paintOfVerdict = {
  completed: "good",
  ended: "good",
  refused: "warning",
  incomplete: "warning",
  truncated: "bad",
  failed: "bad",
  "transport-error": "bad",
  "not-a-stream": "bad",
} as const satisfies Record<Verdict, Paint>;

const paintOfSeverity = { error: "bad", warning: "warning", info: "dim" } as const satisfies Record<Severity, Paint>;

/** Writes the summary of one source; `title` names it where there are several. */
export function writeSummary(page: Page, report: Report, title: string | null): void {
  const rows = createRows(page);
  page.write(report.verdict, paintOfVerdict[report.verdict]);
  page.write(`  ${report.dialect ?? report.framing ?? "no stream"}`);
  if (report.exitCode !== 0) page.write(`  exit ${report.exitCode}`, "dim");
  if (report.interrupted) page.write("  interrupted", "warning");
  page.write("\n");
  if (title !== null) rows.write("source", title);
  if (report.http !== null) writeHttp(rows, report);
  if (report.error !== null) rows.write("error", cut(describeError(report.error), LONGEST_TEXT), "bad");

  const shown = report.responses.slice(0, MOST_RESPONSES);
  for (const [index, response] of shown.entries()) {
    if (report.responses.length > 1)
      rows.write("", `response ${index + 1} of ${report.responses.length}: ${response.verdict}`, "strong");
    writeResponse(rows, response);
  }
  if (shown.length < report.responses.length)
    rows.write("", `and ${report.responses.length - shown.length} more; --json has them all`, "dim");

  rows.write("stream", describeStream(report));
  writeFindings(rows, report);
}

function writeHttp(rows: Rows, { http }: Report): void {
  if (http === null || http.status < 300) return;
  rows.write(
    "http",
    `${http.status} ${http.statusText}${http.location === null ? "" : `, to ${http.location} (not followed)`}`,
    "bad",
  );
}

function writeResponse(rows: Rows, response: ResponseReport): void {
  if (response.model !== null) {
    const tier = response.serviceTier === null ? "" : `, tier ${response.serviceTier}`;
    rows.write("model", `${response.model}${tier}`);
  }
  if (response.id !== null) rows.write("response", response.id);
  if (response.resumed) rows.write("", "its beginning is not in this capture", "warning");
  if (response.error !== null) rows.write("error", cut(describeError(response.error), LONGEST_TEXT), "bad");
  if (response.reason !== null) rows.write("reason", response.reason, "warning");
  if (response.refusal !== "") rows.write("refusal", cut(response.refusal, LONGEST_TEXT), "warning");
  writeItems(rows, response.items);
  writeUsage(rows, response);
}

function writeItems(rows: Rows, items: readonly ItemReport[]): void {
  const lines = countRepeats(items.map(describeItem));
  const shown = lines.slice(0, MOST_ITEMS);
  for (const [index, line] of shown.entries()) rows.write(index === 0 ? "output" : "", line);
  if (shown.length < lines.length) rows.write("", `and ${lines.length - shown.length} more`, "dim");
}

/** Equal lines that stand together, as one. */
function countRepeats(lines: readonly string[]): string[] {
  const groups: { line: string; count: number }[] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last?.line === line) last.count += 1;
    else groups.push({ line, count: 1 });
  }
  return groups.map(({ line, count }) => (count === 1 ? line : `${line} ×${count}`));
}

const LONGEST_DETAIL = 60;

function describeItem({ type, status, name, detail, ...item }: ItemReport): string {
  const sizes = [
    item.text === undefined ? null : countOf(item.text.length, "character"),
    item.reasoning === undefined ? null : countOf(item.reasoning.length, "character"),
    item.annotations === undefined ? null : countOf(item.annotations, "annotation"),
    detail === undefined ? null : cut(detail, LONGEST_DETAIL),
    status === null || status === "completed" ? null : status,
  ].filter((size) => size !== null);
  return [type, name, sizes.length > 0 ? `(${sizes.join(", ")})` : null].filter(Boolean).join(" ");
}

const NOT_REPORTED = "not reported";

function writeUsage(rows: Rows, { usage }: ResponseReport): void {
  if (usage === null) return rows.write("usage", NOT_REPORTED, "dim");
  const { inputTokens, outputTokens, totalTokens, cachedInputTokens, reasoningTokens } = usage;
  const counts = [inputTokens, outputTokens, totalTokens].map(formatTokens);
  const width = Math.max(...counts.map((count) => count.length));
  const [input, output, total] = counts.map((count) => count.padStart(width));
  rows.write("usage", `input   ${input}   cached     ${formatTokens(cachedInputTokens)}`);
  rows.write("", `output  ${output}   reasoning  ${formatTokens(reasoningTokens)}`);
  rows.write("", `total   ${total}`);
}

function formatTokens(count: number | null): string {
  return count === null ? NOT_REPORTED : formatCount(count);
}

function describeStream(report: Report): string {
  const sequences = report.responses.map(({ sequence }) => sequence).filter((sequence) => sequence !== null);
  const parts = [
    countOf(report.events, "event"),
    countOf(report.bytes, "byte"),
    report.comments > 0 ? countOf(report.comments, "comment") : null,
    sequences.length > 0
      ? `sequence ${sequences
          .map(({ first, last }) => `${first}-${last}`)
          .slice(0, MOST_RESPONSES)
          .join(", ")}`
      : null,
    report.dialect === "generic" ? describeTypes(report.eventTypes) : null,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

function describeTypes(eventTypes: Readonly<Record<string, number>>): string {
  return Object.entries(eventTypes)
    .slice(0, MOST_ITEMS)
    .map(([type, count]) => `${type} ×${count}`)
    .join(", ");
}

function writeFindings(rows: Rows, { findings, findingCounts }: Report): void {
  const total = Object.values(findingCounts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return rows.write("findings", "none", "dim");
  const bySeverity = (["error", "warning", "info"] as const).flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity),
  );
  const shown = bySeverity.slice(0, MOST_FINDINGS);
  for (const [index, finding] of shown.entries()) {
    rows.write(index === 0 ? "findings" : "", describeFinding(finding), paintOfSeverity[finding.severity]);
  }
  if (shown.length < total) rows.write("", `and ${formatCount(total - shown.length)} more; --json has them`, "dim");
}

function describeFinding({ severity, rule, line, message }: Finding): string {
  return `${severity} ${rule}${line === null ? "" : ` (line ${line})`}: ${cut(message, LONGEST_TEXT)}`;
}

interface Rows {
  /** Writes a value beside its label, wrapped to the width of the page. An empty label goes on with the last one. */
  write(label: string, value: string, paint?: Paint): void;
}

function createRows(page: Page): Rows {
  const columns = Math.min(page.columns ?? DEFAULT_COLUMNS, MOST_COLUMNS);
  return {
    write(label, value, paint = "plain") {
      let head = label.padEnd(LABEL_WIDTH);
      for (const line of wrap(visibleLine(value), columns - LABEL_WIDTH)) {
        page.write(head, "dim");
        page.writeInline(line, paint);
        page.write("\n");
        head = " ".repeat(LABEL_WIDTH);
      }
    },
  };
}

/** Breaks between words; a word that is wider than the room stays whole, so that an id can be copied. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && stringWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
