// Prints statistics in the requested format.
import { writeCsv } from "../../stats/show/csv.ts";
import { writeStatistics } from "../../stats/show/human.ts";
import { writeMarkdown } from "../../stats/show/markdown.ts";
import type { Statistics } from "../../stats/statistics.ts";
import type { Page } from "../../terminal/page.ts";
import type { StatsArguments } from "../options/stats.ts";

export async function printStatistics(
  page: Page,
  statistics: Statistics,
  format: StatsArguments["format"],
): Promise<void> {
  switch (format) {
    case "table":
      return writeStatistics(page, statistics);
    case "json":
      return page.writeJson(statistics);
    case "markdown":
      return writeMarkdown(page, statistics);
    case "csv":
      return writeCsv(page, statistics);
    case "html": {
      // The page is large, so it is loaded only on request.
      const { writeStatisticsPage } = await import("../../html-report/statistics-page.ts");
      return writeStatisticsPage(page, statistics);
    }
  }
}
