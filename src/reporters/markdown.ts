// A Markdown summary, in the form that GitHub shows if it is added to GITHUB_STEP_SUMMARY.
import type { Checked } from "../check/checked.ts";
import { isAsBadAs } from "../check/judge.ts";
import { type CheckExitCode, isWorse } from "../model/exit-codes.ts";
import { type Finding, severities, type Severity } from "../model/finding.ts";
import type { Page } from "../terminal/page.ts";
import { formatEvents, formatTokens } from "../views/table.ts";
import { countOf, formatCount } from "../wording/counts.ts";
import { cutWithSize } from "../wording/cut.ts";
import { escapeMarkdown } from "../wording/markdown.ts";
import { endOf, nameOf, unlistedOf } from "./checked-stream.ts";
import { describeFinding, placeOf } from "./finding-words.ts";
import { plainLine } from "./plain-line.ts";
import { type Reason, reasonOf } from "./reason.ts";
import type { Reporter } from "./reporter.ts";
import { createTotals, describeCounts } from "./totals.ts";

/**
 * Limits for any number of streams. GitHub refuses a summary of more than 1 MiB; a stream's row has at most about 2
 * KiB, and the findings of a severity have room for the limits here.
 */
const MOST_STREAMS = 50;
const MOST_FINDINGS = 200;
const LARGEST_FINDINGS_BYTES = 128 * 1024;
/** More findings than this are folded. */
const MOST_OPEN = 10;
const LONGEST_NAME = 160;
const LONGEST_MESSAGE = 400;

/** Failing streams with their reasons, the worst first; then the findings and the streams that pass, folded. */
export const markdown: Reporter = {
  name: "markdown",
  extension: "md",
  title: "a summary in Markdown, for GITHUB_STEP_SUMMARY",
  create(page, { leastShown, failOn }) {
    const totals = createTotals();
    const failing = createStreamRows();
    const passing = createStreamRows();
    const findings = { error: createFindingRows(), warning: createFindingRows(), info: createFindingRows() };
    return {
      checked(checked) {
        totals.add(checked);
        const reason = reasonOf(checked, failOn);
        if (reason === null) passing.add(checked, () => rowOfPassing(checked));
        else failing.add(checked, () => rowOfFailing(checked, reason));
        for (const finding of checked.findings) findings[finding.severity].add(finding, checked);
        for (const { severity, count } of unlistedOf(checked)) findings[severity].addUnlisted(count);
      },
      end(result) {
        page.write(`### ${headlineOf(failing.count, result.streams)}\n\n`);
        page.write(`${totals.describeStreams()}; ${describeCounts(totals.severityCounts)}; `);
        page.write(`**${escapeText(totals.describeExit(result))}**\n`);
        writeStreams(page, FAILING_HEAD, failing);
        for (const severity of severities) {
          if (!isAsBadAs(severity, leastShown)) continue;
          // People look next for errors that no row above mentions.
          const isOpen = severity === "error" && totals.severityCounts.error > failing.count;
          writeFindings(page, severity, findings[severity], isOpen);
        }
        if (passing.count > 0) {
          writeFolded(page, verbOf(passing.count, "pass"), false, () => writeStreams(page, PASSING_HEAD, passing));
        }
      },
    };
  },
};

const FAILING_HEAD = "| source | verdict | exit | reason | errors | warnings |\n| --- | --- | --: | --- | --: | --: |";
const PASSING_HEAD = "| source | verdict | events | tokens | warnings |\n| --- | --- | --: | --: | --: |";
const FINDING_HEAD = "| place | rule | finding |\n| --- | --- | --- |";

/** `❌ 18 of 292 streams fail`. */
function headlineOf(failing: number, streams: number): string {
  if (failing === 0) return `✅ ssescope check: ${streams === 0 ? "no streams" : verbOf(streams, "pass")}`;
  if (failing === streams) return `❌ ssescope check: ${verbOf(streams, "fail")}`;
  return `❌ ssescope check: ${formatCount(failing)} of ${countOf(streams, "stream")} ${failing === 1 ? "fails" : "fail"}`;
}

/** `1 stream passes`, `2 streams pass`, `2 streams fail`. */
function verbOf(count: number, verb: "pass" | "fail"): string {
  const singular = verb === "pass" ? "passes" : "fails";
  return `${countOf(count, "stream")} ${count === 1 ? singular : verb}`;
}

function rowOfFailing(checked: Checked, { title, message, finding }: Reason): string {
  const { exitCode, severityCounts } = checked;
  const line = finding?.line ?? null;
  const text = `${line === null ? "" : `line ${line}: `}${cutWithSize(message, LONGEST_MESSAGE)}`;
  const reason = finding === null ? escapeText(text) : `${asCode(title)} ${escapeText(text)}`;
  const counts = [severityCounts.error, severityCounts.warning].map(formatCount);
  return rowOf([asCode(nameOf(checked)), endOf(checked), String(exitCode), reason, ...counts]);
}

function rowOfPassing(checked: Checked): string {
  const { report, severityCounts } = checked;
  const counts = [formatEvents(report), formatTokens(report), formatCount(severityCounts.warning)];
  return rowOf([asCode(nameOf(checked)), endOf(checked), ...counts]);
}

function rowOfFinding(finding: Finding, { source }: Checked): string {
  const text = escapeText(cutWithSize(describeFinding(finding), LONGEST_MESSAGE));
  return rowOf([asCode(placeOf(source, finding)), asCode(finding.rule), text]);
}

/** A table row; the cells must be safe Markdown. */
function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

interface StreamRows {
  readonly count: number;
  /** `row` is only called if the row is kept. */
  add(checked: Checked, row: () => string): void;
  readonly rows: readonly string[];
}

/** The worst streams, as rows; among equals, the first. */
function createStreamRows(): StreamRows {
  const kept: { exitCode: CheckExitCode; row: string }[] = [];
  let count = 0;
  return {
    get count() {
      return count;
    },
    add({ exitCode }, row) {
      count += 1;
      const better = kept.findIndex((other) => isWorse(exitCode, other.exitCode));
      if (better === -1 && kept.length === MOST_STREAMS) return;
      kept.splice(better === -1 ? kept.length : better, 0, { exitCode, row: row() });
      if (kept.length > MOST_STREAMS) kept.pop();
    },
    get rows() {
      return kept.map(({ row }) => row);
    },
  };
}

function writeStreams(page: Page, head: string, { rows, count }: StreamRows): void {
  writeTable(page, head, rows);
  writeLeft(page, count - rows.length, "stream");
}

interface FindingRows {
  add(finding: Finding, checked: Checked): void;
  /** Counts findings that were not kept. */
  addUnlisted(count: number): void;
  readonly rows: readonly string[];
  readonly left: number;
}

/** The first findings of a severity, and the number of the others. */
function createFindingRows(): FindingRows {
  const rows: string[] = [];
  let bytes = 0;
  let isFull = false;
  let left = 0;
  return {
    rows,
    get left() {
      return left;
    },
    add(finding, checked) {
      const row = isFull ? "" : rowOfFinding(finding, checked);
      bytes += Buffer.byteLength(row);
      isFull ||= rows.length === MOST_FINDINGS || bytes > LARGEST_FINDINGS_BYTES;
      if (isFull) left += 1;
      else rows.push(row);
    },
    addUnlisted(count) {
      left += count;
    },
  };
}

function writeFindings(page: Page, severity: Severity, { rows, left }: FindingRows, isOpen: boolean): void {
  const count = rows.length + left;
  if (count === 0) return;
  writeFolded(page, countOf(count, severity), isOpen && count <= MOST_OPEN, () => {
    writeTable(page, FINDING_HEAD, rows);
    writeLeft(page, left, severity);
  });
}

/** Writes a blank line after the summary, without which GitHub reads the table as HTML. */
function writeFolded(page: Page, title: string, isOpen: boolean, writeInner: () => void): void {
  page.write(`\n<details${isOpen ? " open" : ""}><summary>${title}</summary>\n`);
  writeInner();
  page.write("\n</details>\n");
}

function writeTable(page: Page, head: string, rows: readonly string[]): void {
  if (rows.length > 0) page.write(`\n${head}\n${rows.join("\n")}\n`);
}

function writeLeft(page: Page, count: number, noun: string): void {
  if (count > 0) page.write(`\nand ${countOf(count, `more ${noun}`)}\n`);
}

function asCode(text: string): string {
  return `<code>${escapeText(cutWithSize(text, LONGEST_NAME))}</code>`;
}

function escapeText(text: string): string {
  return escapeMarkdown(plainLine(text));
}
