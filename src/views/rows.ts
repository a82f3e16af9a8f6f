// Labels with values beside them, in lines that fit the page.
import type { Paint } from "../terminal/paint.ts";
import type { Page } from "../terminal/page.ts";
import { visibleLine } from "../terminal/visible.ts";

const LABEL_WIDTH = 10;
/** Where the page has no width, and the most that is used of a wide one. */
const DEFAULT_COLUMNS = 80;
const MOST_COLUMNS = 100;

export interface Rows {
  /** Writes a value beside its label, wrapped to the width of the page. An empty label goes on with the last one. */
  write(label: string, value: string, paint?: Paint): void;
}

export function createRows(page: Page): Rows {
  const columns = Math.min(page.columns ?? DEFAULT_COLUMNS, MOST_COLUMNS);
  const room = columns - LABEL_WIDTH;
  return {
    write(label, value, paint = "plain") {
      const lines = wrap(visibleLine(value), room);
      // A word wider than the room, such as an id, has a line of its own, so that it can be copied.
      const needsOwnLine = label !== "" && (lines[0]?.length ?? 0) > room;
      if (needsOwnLine) page.write(`${label}\n`, "dim");
      for (const [index, line] of lines.entries()) {
        const isBeside = index === 0 && !needsOwnLine;
        page.write(
          isBeside ? label.padEnd(LABEL_WIDTH) : " ".repeat(line.length > room ? OWN_INDENT : LABEL_WIDTH),
          "dim",
        );
        page.writeInline(line, paint);
        page.write("\n");
      }
    },
  };
}

const OWN_INDENT = 2;

/** Breaks between words; a word that is wider than the room stays whole. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && longer.length > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
