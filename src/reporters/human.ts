// For people: a block for each stream of which there is something to say, and nothing for the others.
import type { Checked } from "../check/checked.ts";
import { isAsBadAs } from "../check/judge.ts";
import { severities, type Severity } from "../model/finding.ts";
import type { Page } from "../terminal/page.ts";
import { paintOfSeverity } from "../views/paints.ts";
import { countOf, formatCount } from "../wording/counts.ts";
import { cutWithSize } from "../wording/cut.ts";
import { endOf, nameOf, paintOf, unlistedOf } from "./checked-stream.ts";
import { describeFinding, placeOf } from "./finding-words.ts";
import { logLine } from "./plain-line.ts";
import type { Reporter } from "./reporter.ts";
import { createTotals, describeCounts } from "./totals.ts";

const LONGEST_TEXT = 400;

/** A block for each stream with findings, or with an exit code that is not 0: its findings, how it ended, its exit code. */
export const human: Reporter = {
  name: "human",
  title: "findings and verdicts for people; nothing if all is well",
  create(page, { leastShown }) {
    const totals = createTotals();
    let blocks = 0;
    return {
      checked(checked) {
        totals.add(checked);
        const findings = checked.findings.filter(({ severity }) => isAsBadAs(severity, leastShown));
        const unlisted = unlistedOf(checked).filter(({ severity }) => isAsBadAs(severity, leastShown));
        if (findings.length === 0 && unlisted.length === 0 && checked.exitCode === 0) return;
        if (blocks > 0) page.write("\n");
        blocks += 1;
        page.writeInline(logLine(nameOf(checked)), "strong");
        page.write("\n");
        writeFindings(page, { ...checked, findings });
        for (const { rule, count } of unlisted) page.write(`  and ${formatCount(count)} more of ${rule}\n`, "dim");
        writeEnd(page, checked, leastShown);
      },
      end(result) {
        if (blocks === 0 || result.streams < 2) return;
        page.write("\n");
        page.writeInline(`${totals.describeStreams()}; ${describeCounts(totals.severityCounts)}; `);
        page.writeInline(logLine(totals.describeExit(result)), result.exitCode === 0 ? "good" : "bad");
        page.write("\n");
      },
    };
  },
};

/** Aligned, so that the eye runs down the rules. */
function writeFindings(page: Page, { source, findings }: Checked): void {
  const rows = findings.map((finding) => ({ finding, place: logLine(placeOf(source, finding)) }));
  const placeWidth = Math.max(0, ...rows.map(({ place }) => place.length));
  const severityWidth = Math.max(0, ...rows.map(({ finding }) => finding.severity.length));
  const ruleWidth = Math.max(0, ...rows.map(({ finding }) => finding.rule.length));
  for (const { finding, place } of rows) {
    page.writeInline(`  ${place.padEnd(placeWidth)}  `);
    page.writeInline(finding.severity.padEnd(severityWidth), paintOfSeverity[finding.severity]);
    page.writeInline(`  ${finding.rule.padEnd(ruleWidth)}  `, "name");
    page.writeInline(logLine(cutWithSize(describeFinding(finding), LONGEST_TEXT)));
    page.write("\n");
  }
}

/** `2 errors, 3 infos not shown; truncated, exit 5`. */
function writeEnd(page: Page, checked: Checked, leastShown: Severity): void {
  const counts = severities
    .filter((severity) => checked.severityCounts[severity] > 0)
    .map((severity) => {
      const count = countOf(checked.severityCounts[severity], severity);
      return isAsBadAs(severity, leastShown) ? count : `${count} not shown`;
    });
  page.write(`  ${counts.join(", ") || "no findings"}; `);
  page.write(endOf(checked), paintOf(checked));
  if (checked.report?.interrupted === true) page.write(", interrupted", "warning");
  page.write(`, exit ${checked.exitCode}\n`);
}
