// One page that shows every stream: a list grouped by cause and, for each stream, a waterfall, its text, findings and
// events.
import { allFamilies } from "../check/all-rules.ts";
import type { Checked } from "../check/checked.ts";
import type { Meaning, RunSummary } from "../html-report/data.ts";
import { dataBlock, documentEnd, documentHead } from "../html-report/document.ts";
import { keepRows, type KeptRows } from "../html-report/rows.ts";
import { detailOfStream, summaryOf } from "../html-report/summary.ts";
import { jsonText } from "../model/json-text.ts";
import type { Report } from "../model/report.ts";
import { verdictTable } from "../model/verdict.ts";
import type { Page } from "../terminal/page.ts";
import type { ReporterOptions, Reporting } from "./reporter.ts";

/**
 * Limits on the events of all streams, in UTF-16 units, and on those of streams that pass, to leave room for the
 * others. Browsers open a page of this size in a second or two.
 */
export interface HtmlLimits {
  readonly all: number;
  readonly passing: number;
}

const LIMITS: HtmlLimits = { all: 96 * 1024 * 1024, passing: 48 * 1024 * 1024 };

export async function createHtml(
  page: Page,
  { failOn, stallMs }: Pick<ReporterOptions, "failOn" | "stallMs">,
  limits = LIMITS,
): Promise<Required<Reporting>> {
  const assets = await import("ssescope:html-report-assets");
  /** For streams that are read but not yet checked. */
  const keptOf = new WeakMap<Report, KeptRows>();
  const budget = { left: limits.all };
  const rulesSeen = new Set<string>();
  page.write(documentHead(assets));

  /** The events for the page; null if it has enough from other streams that pass. */
  function rowsOf({ report, exitCode }: Checked): KeptRows | null {
    const kept = report === null ? null : (keptOf.get(report) ?? null);
    if (kept === null || exitCode !== 0 || limits.all - budget.left <= limits.passing) return kept;
    budget.left += kept.size;
    return null;
  }

  return {
    follow: () => keepRows((report, kept) => keptOf.set(report, kept), budget),
    checked(checked) {
      for (const rule of Object.keys(checked.findingCounts)) rulesSeen.add(rule);
      page.write(dataBlock("stream", jsonText(summaryOf(checked, failOn))));
      page.write(dataBlock("detail", jsonText(detailOfStream(checked, rowsOf(checked)))));
    },
    end({ exitCode, streams }) {
      const run: RunSummary = { exitCode, streams, stallMs, meanings: meaningsOf(rulesSeen) };
      page.write(dataBlock("run", jsonText(run)));
      page.write(documentEnd(assets));
    },
  };
}

/** The meanings of the verdicts and of the given rules. */
function meaningsOf(rules: ReadonlySet<string>): Record<string, Meaning> {
  const ofVerdicts = Object.entries(verdictTable).map(([name, { meaning }]): [string, Meaning] => [name, { meaning }]);
  const ofRules = allFamilies()
    .flatMap((family) => family.rules)
    .filter(({ id }) => rules.has(id))
    .map(({ id, meaning, why, remedy }): [string, Meaning] => [id, { meaning, why, remedy }]);
  return Object.fromEntries([...ofVerdicts, ...ofRules]);
}
