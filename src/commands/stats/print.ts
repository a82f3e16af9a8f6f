// Statistics in the format that was asked for.
import { type GroupKey, groupKey } from "../../stats/group-key.ts";
import { writeCsv } from "../../stats/show/csv.ts";
import { writeStatistics } from "../../stats/show/human.ts";
import { writeMarkdown } from "../../stats/show/markdown.ts";
import type { Statistics } from "../../stats/statistics.ts";
import type { Page } from "../../terminal/page.ts";
import type { StatsArguments } from "../options/stats.ts";

/** What is grouped by unless something else is asked for. */
export function usualKey(): GroupKey {
  const key = groupKey("model");
  if (key === null) throw new Error("model is a column");
  return key;
}

export function printStatistics(page: Page, statistics: Statistics, format: StatsArguments["format"]): void {
  switch (format) {
    case "table":
      return writeStatistics(page, statistics);
    case "json":
      return page.writeJson(statistics);
    case "markdown":
      return writeMarkdown(page, statistics);
    case "csv":
      return writeCsv(page, statistics);
  }
}
