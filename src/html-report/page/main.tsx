// The page's program: reads the data that the reporter wrote, and renders it.
import { render } from "preact";
import { App } from "./app.tsx";
import { loadReport } from "./report.ts";
import { StatisticsPage } from "./statistics/statistics-page.tsx";
import { applyTheme, storedTheme } from "./theme.ts";

const root = document.getElementById("app");
if (root !== null) {
  const report = loadReport(document);
  root.replaceChildren();
  applyTheme(storedTheme());
  const { statistics, isStatistics } = report;
  const show = (isPrinting: boolean): void =>
    render(
      isStatistics && statistics !== null ? (
        <StatisticsPage {...statistics} isPrinting={isPrinting} />
      ) : (
        <App report={report} isPrinting={isPrinting} />
      ),
      root,
    );
  show(false);
  // Paper does not scroll: rows must be complete in the document before these handlers return.
  addEventListener("beforeprint", () => show(true));
  addEventListener("afterprint", () => show(false));
}
