// One page that shows every stream: a list grouped by cause and, for each stream, a waterfall, its text, findings and
// events.
import type { Checked } from "../check/checked.ts";
import type { RunSummary, StatisticsPart } from "../html-report/data.ts";
import { dataBlock, documentEnd, documentHead } from "../html-report/document.ts";
import { meaningsOf } from "../html-report/meanings.ts";
import { keepRows, type KeptRows } from "../html-report/rows.ts";
import { detailOfStream, summaryOf } from "../html-report/summary.ts";
import { EXIT_INTERRUPTED } from "../model/exit-codes.ts";
import { jsonText } from "../model/json-text.ts";
import type { Report } from "../model/report.ts";
import { rowsOf } from "../rows/rows-of.ts";
import { createCollection } from "../stats/collect.ts";
import { usualKey } from "../stats/group-key.ts";
import { statisticsOf } from "../stats/summarize.ts";
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
  const collection = createCollection([usualKey()]);
  let unreadable = 0;
  page.write(documentHead(assets));

  /** The events for the page; null if it has enough from other streams that pass. */
  function eventsOf({ report, exitCode }: Checked): KeptRows | null {
    const kept = report === null ? null : (keptOf.get(report) ?? null);
    if (kept === null || exitCode !== 0 || limits.all - budget.left <= limits.passing) return kept;
    budget.left += kept.size;
    return null;
  }

  return {
    follow: () => keepRows((report, kept) => keptOf.set(report, kept), budget),
    checked(checked) {
      for (const rule of Object.keys(checked.findingCounts)) rulesSeen.add(rule);
      collection.add(rowsOf(checked), checked.report);
      if (checked.report === null) unreadable += 1;
      page.write(dataBlock("stream", jsonText(summaryOf(checked, failOn))));
      page.write(dataBlock("detail", jsonText(detailOfStream(checked, eventsOf(checked)))));
    },
    end({ exitCode, streams }) {
      const meanings = meaningsOf(rulesSeen);
      const run: RunSummary = { exitCode, streams, stallMs, meanings };
      page.write(dataBlock("run", jsonText(run)));
      // Of one stream, its own view says more.
      if (streams > 1) {
        const whole = statisticsOf(collection, { interrupted: exitCode === EXIT_INTERRUPTED, unreadable });
        const part: StatisticsPart = { statistics: whole, meanings };
        page.write(dataBlock("statistics", jsonText(part)));
      }
      page.write(documentEnd(assets));
    },
  };
}
