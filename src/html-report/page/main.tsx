// The program of the page: reads the data that the reporter wrote, and shows them.
import { render } from "preact";
import { App } from "./app.tsx";
import { loadReport } from "./report.ts";
import { applyTheme, storedTheme } from "./theme.ts";

const root = document.getElementById("app");
if (root !== null) {
  const report = loadReport(document);
  root.replaceChildren();
  applyTheme(storedTheme());
  const show = (isPrinting: boolean): void => render(<App report={report} isPrinting={isPrinting} />, root);
  show(false);
  // On paper nothing scrolls. What is printed has to be there when these are over.
  addEventListener("beforeprint", () => show(true));
  addEventListener("afterprint", () => show(false));
}
