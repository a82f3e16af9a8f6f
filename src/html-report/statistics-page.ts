// Writes the page of statistics: tables for any browser, and the data from which the script renders the same with
// histograms and sorting.
import type { Statistics } from "../stats/statistics.ts";
import { jsonText } from "../model/json-text.ts";
import type { Page } from "../terminal/page.ts";
import type { StatisticsPart } from "./data.ts";
import { dataBlock, documentEnd, documentHead } from "./document.ts";
import { meaningsOf } from "./meanings.ts";
import { staticStatistics } from "./static-statistics.ts";

export async function writeStatisticsPage(page: Page, statistics: Statistics): Promise<void> {
  const assets = await import("ssescope:html-report-assets");
  const { all, against } = statistics;
  const compared = (against?.differences ?? []).flatMap((difference) =>
    difference.type === "share" && difference.rule !== null ? [difference.rule] : [],
  );
  const meanings = meaningsOf(new Set([...all.rules.map(({ rule }) => rule), ...compared]));
  const part: StatisticsPart = { statistics, meanings };
  page.write(documentHead(assets, { title: "ssescope stats", fallback: staticStatistics(statistics) }));
  page.write(dataBlock("statistics", jsonText(part)));
  page.write(documentEnd(assets));
}
