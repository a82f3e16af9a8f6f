// Shows one stream to people: its name once, and a row for each finding.
import type { Checked } from "../check/checked.ts";
import { isAsBadAs } from "../check/judge.ts";
import { type Finding, severities, type Severity } from "../model/finding.ts";
import { describeCourse } from "../views/course.ts";
import { signOf } from "../views/headline.ts";
import { paintOfSeverity } from "../views/paints.ts";
import { writeFlow } from "../terminal/flow.ts";
import type { Page } from "../terminal/page.ts";
import { cutStart, padTo } from "../terminal/ruler.ts";
import { countOf, formatCount } from "../wording/counts.ts";
import { cutWithSize } from "../wording/cut.ts";
import { endOf, nameOf, unlistedOf } from "./checked-stream.ts";
import { type ExcerptReader, writeExcerpt } from "./excerpt.ts";
import { describeBriefly, linkTo } from "./finding-words.ts";
import { plainLine } from "./plain-line.ts";

const LONGEST_TEXT = 400;
const INDENT = 2;
const SPACE = 2;
/** A message with less room than this beside its rule goes on lines of its own. */
const LEAST_ROOM = 28;
const OWN_INDENT = 6;
/** Limit for one stream. */
const MOST_EXCERPTS = 5;
const NO_LINE = "-";

/** What to show of a stream: findings from a severity on. */
export interface BlockOptions {
  readonly leastShown: Severity;
  /** Null: quote nothing. */
  readonly excerpts: ExcerptReader | null;
}

/**
 * Writes the heading `✗ cap.sse  truncated  closed by the server after event 29 (line 88)  2 errors  exit 5`, and the
 * findings below it.
 */
export function writeBlock(page: Page, checked: Checked, { leastShown, excerpts }: BlockOptions): void {
  const isShown = ({ severity }: { readonly severity: Severity }): boolean => isAsBadAs(severity, leastShown);
  writeHeading(page, checked);
  writeFindings(page, checked, checked.findings.filter(isShown), excerpts);
  for (const { rule, count } of unlistedOf(checked).filter(isShown)) {
    page.write(`${" ".repeat(INDENT)}and ${formatCount(count)} more of ${rule}\n`, "dim");
  }
}

function writeHeading(page: Page, checked: Checked): void {
  const { source, report, exitCode, severityCounts } = checked;
  const hasWarnings = exitCode === 0 && severityCounts.error + severityCounts.warning > 0;
  const { mark, paint } = hasWarnings ? ({ mark: "!", paint: "warning" } as const) : signOf(exitCode);
  const counts = severities
    .filter((severity) => severityCounts[severity] > 0)
    .map((severity) => countOf(severityCounts[severity], severity));
  const course = report === null ? null : describeCourse(report);
  const end = `  ${endOf(checked)}${report?.interrupted === true ? ", interrupted" : ""}`;
  const room = page.columns === null ? Infinity : page.columns - INDENT;
  const name = cutStart(plainLine(nameOf(checked)), room, page.ruler);
  writeFlow(
    page,
    [
      { text: mark, paint },
      { text: " " },
      { text: name, paint: "strong", link: linkTo(source, report?.stream?.line ?? null) },
      { text: end, paint },
      ...(course === null ? [] : [{ text: `  ${course}`, paint }]),
      { text: counts.length === 0 ? "  no findings" : `  ${counts.join(", ")}` },
      { text: `  exit ${exitCode}`, paint: "dim" },
    ],
    { start: 0, indent: INDENT },
  );
}

/** Writes the findings in aligned columns, so that rules are easy to scan. */
function writeFindings(
  page: Page,
  { source, report }: Checked,
  findings: readonly Finding[],
  excerpts: ExcerptReader | null,
): void {
  const { ruler } = page;
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => ruler.columnsOf(text)));
  const lineWidth = widest(findings.map(lineOf));
  const severityWidth = widest(findings.map(({ severity }) => severity));
  const ruleWidth = widest(findings.map(({ rule }) => rule));
  const beside = INDENT + lineWidth + SPACE + severityWidth + SPACE + ruleWidth + SPACE;
  const isBeside = page.columns === null || page.columns - beside >= LEAST_ROOM;
  const quoted = new Set<string>();
  for (const finding of findings) {
    const line = lineOf(finding);
    page.write(" ".repeat(INDENT + lineWidth - ruler.columnsOf(line)));
    page.writeLink(line, linkTo(source, finding.line), "dim");
    page.write(" ".repeat(SPACE));
    page.writeInline(padTo(finding.severity, severityWidth, ruler), paintOfSeverity[finding.severity]);
    page.write(" ".repeat(SPACE));
    page.writeInline(isBeside ? padTo(finding.rule, ruleWidth, ruler) : finding.rule, "name");
    page.write(isBeside ? " ".repeat(SPACE) : `\n${" ".repeat(OWN_INDENT)}`);
    const indent = isBeside ? beside : OWN_INDENT;
    const inBody =
      finding.bodyLine === undefined ? [] : [{ text: ` (body line ${finding.bodyLine})`, paint: "dim" } as const];
    const message = plainLine(cutWithSize(describeBriefly(finding), LONGEST_TEXT));
    writeFlow(page, [{ text: message }, ...inBody], { start: indent, indent });
    if (excerpts === null || quoted.size >= MOST_EXCERPTS || quoted.has(finding.rule)) continue;
    const excerpt = excerpts(source, report, finding);
    if (excerpt === null) continue;
    quoted.add(finding.rule);
    writeExcerpt(page, excerpt, INDENT + lineWidth + 1);
  }
}

function lineOf({ line }: Finding): string {
  return line === null ? NO_LINE : String(line);
}
