// Writes labels with values beside them, in lines that fit the page.
import { type Part, writeFlow } from "../terminal/flow.ts";
import type { Paint } from "../terminal/paint.ts";
import type { Page } from "../terminal/page.ts";
import { padTo } from "../terminal/ruler.ts";

export const LABEL_WIDTH = 10;
/** The maximum width of text on a wide page. */
const MOST_COLUMNS = 100;

export interface Rows {
  /** Writes a value beside its label, wrapped to the page width. An empty label continues the previous one. */
  write(label: string, value: string, paint?: Paint): void;
  /** Writes several parts beside a label, up to the full page width. */
  writeParts(label: string, parts: readonly Part[]): void;
}

export function createRows(page: Page): Rows {
  function writeLabel(label: string): void {
    page.write(padTo(label, LABEL_WIDTH, page.ruler), "dim");
  }

  return {
    write(label, value, paint = "plain") {
      writeLabel(label);
      writeFlow(page, [{ text: value, paint }], { start: LABEL_WIDTH, indent: LABEL_WIDTH, mostColumns: MOST_COLUMNS });
    },
    writeParts(label, parts) {
      writeLabel(label);
      for (const { text, paint } of parts) page.writeInline(text, paint);
      page.write("\n");
    },
  };
}
