// A summary in Markdown, as GitHub shows it where it is added to GITHUB_STEP_SUMMARY.
import type { Checked } from "../check/checked.ts";
import { isAsBadAs } from "../check/judge.ts";
import { type CheckExitCode, worstExitCode } from "../model/exit-codes.ts";
import { type Finding, severities, type Severity } from "../model/finding.ts";
import type { Page } from "../terminal/page.ts";
import { formatEvents, formatTokens } from "../views/table.ts";
import { countOf, formatCount } from "../wording/counts.ts";
import { cutWithSize } from "../wording/cut.ts";
import { endOf, nameOf, unlistedOf } from "./checked-stream.ts";
import { describeFinding, placeOf } from "./finding-words.ts";
import { plainLine } from "./plain-line.ts";
import type { Reporter } from "./reporter.ts";
import { createTotals, describeCounts } from "./totals.ts";

/**
 * What is kept, however many streams there are. GitHub refuses a summary of more than 1 MiB; a row of a stream is at most
 * some 2 KiB long, and the findings of a severity have room for what is said here.
 */
const MOST_STREAMS = 50;
const MOST_FINDINGS = 200;
const LARGEST_FINDINGS_BYTES = 128 * 1024;
/** More than these are folded. */
const MOST_OPEN = 10;
const LONGEST_NAME = 160;
const LONGEST_MESSAGE = 400;

/** Counts, the streams with the worst first, and the findings that people are shown, by severity. */
export const markdown: Reporter = {
  name: "markdown",
  title: "a summary in Markdown, for GITHUB_STEP_SUMMARY",
  create(page, { leastShown }) {
    const totals = createTotals();
    const streams = createStreamRows();
    const findings = { error: createFindingRows(), warning: createFindingRows(), info: createFindingRows() };
    return {
      checked(checked) {
        totals.add(checked);
        streams.add(checked);
        for (const finding of checked.findings) findings[finding.severity].add(finding, checked);
        for (const { severity, count } of unlistedOf(checked)) findings[severity].addUnlisted(count);
      },
      end(result) {
        page.write(`### ssescope check: ${totals.describeStreams()}\n\n`);
        page.write(`${describeCounts(totals.severityCounts)}; **${escapeText(totals.describeExit(result))}**\n`);
        writeTable(page, STREAM_HEAD, streams.rows());
        writeLeft(page, result.streams - streams.rows().length, "stream");
        for (const severity of severities) {
          if (isAsBadAs(severity, leastShown)) writeFindings(page, severity, findings[severity]);
        }
      },
    };
  },
};

const STREAM_HEAD =
  "| verdict | exit | errors | warnings | events | tokens | source |\n| --- | --: | --: | --: | --: | --: | --- |";
const FINDING_HEAD = "| place | rule | finding |\n| --- | --- | --- |";

function rowOfStream(checked: Checked): string {
  const { report, exitCode, severityCounts } = checked;
  const counts = [exitCode, severityCounts.error, severityCounts.warning].map(formatCount);
  return rowOf([endOf(checked), ...counts, formatEvents(report), formatTokens(report), asCode(nameOf(checked))]);
}

function rowOfFinding(finding: Finding, { source }: Checked): string {
  const text = escapeText(cutWithSize(describeFinding(finding), LONGEST_MESSAGE));
  return rowOf([asCode(placeOf(source, finding)), asCode(finding.rule), text]);
}

/** Cells of safe Markdown. */
function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** The worst streams, as rows; among equals, the first. */
function createStreamRows() {
  const kept: { exitCode: CheckExitCode; row: string }[] = [];
  return {
    add(checked: Checked): void {
      const { exitCode } = checked;
      const better = kept.findIndex((other) => isWorse(exitCode, other.exitCode));
      if (better === -1 && kept.length === MOST_STREAMS) return;
      kept.splice(better === -1 ? kept.length : better, 0, { exitCode, row: rowOfStream(checked) });
      if (kept.length > MOST_STREAMS) kept.pop();
    },
    rows: () => kept.map(({ row }) => row),
  };
}

function isWorse(exitCode: CheckExitCode, other: CheckExitCode): boolean {
  return exitCode !== other && worstExitCode([exitCode, other]) === exitCode;
}

interface FindingRows {
  add(finding: Finding, checked: Checked): void;
  /** Findings of which only the number is known. */
  addUnlisted(count: number): void;
  readonly rows: readonly string[];
  readonly left: number;
}

/** The first findings of a severity; of the others how many they are. */
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

function writeFindings(page: Page, severity: Severity, { rows, left }: FindingRows): void {
  const title = countOf(rows.length + left, severity);
  if (rows.length + left === 0) return;
  const isFolded = rows.length > MOST_OPEN;
  page.write(isFolded ? `\n<details><summary>${title}</summary>\n` : `\n#### ${title}\n`);
  writeTable(page, FINDING_HEAD, rows);
  writeLeft(page, left, severity);
  if (isFolded) page.write("\n</details>\n");
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

/** What Markdown, HTML or GitHub would read as theirs: marks, tables, links, mentions, emoji, formulas. */
const ACTIVE = /[&<>"'`|*_~[\]()#\\!$@:{}^]|(?<=www)\./gi;

/** Text that shows as itself. Character references stand for themselves wherever Markdown looks for structure. */
function escapeText(text: string): string {
  return plainLine(text).replace(ACTIVE, (character) => `&#${character.charCodeAt(0)};`);
}
