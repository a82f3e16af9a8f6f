// Lets several writers share one page, with each line labelled by its writer.
import { type Page, pageOver } from "./page.ts";
import type { Paint } from "./paint.ts";

export interface Labels {
  /** A page for one writer: its output is written at once, on lines that begin with `label`. */
  next(label: string): Page;
}

/** If another writer continues, the line of the previous one is ended first. */
export function createLabels(page: Page): Labels {
  let writer: object | null = null;

  return {
    next(label) {
      const self = {};

      /** Makes the next text appear on a line of this writer. */
      function begin(): void {
        if (writer !== self) page.endLine();
        writer = self;
        if (page.isAtLineStart) page.write(label, "dim");
      }

      function write(text: string, add: (part: string) => void): void {
        for (const line of text.split(/(?<=\n)/)) {
          if (line === "") continue;
          begin();
          add(line);
        }
      }

      return pageOver(page, {
        get columns() {
          return page.columns === null ? null : Math.max(page.columns - label.length, 1);
        },
        get isAtLineStart() {
          return writer !== self || page.isAtLineStart;
        },
        write: (text: string, paint?: Paint) => write(text, (part) => page.write(part, paint)),
        writeInline(text, paint) {
          begin();
          page.writeInline(text, paint);
        },
        writeLink(text, uri, paint) {
          begin();
          page.writeLink(text, uri, paint);
        },
        writeJson(value, indent) {
          begin();
          page.writeJson(value, indent);
        },
        writeUtf8: (text) => write(text.toString(), (part) => page.write(part)),
        writeBytes(bytes) {
          begin();
          page.writeBytes(bytes);
        },
        endLine() {
          if (writer === self) page.endLine();
        },
      });
    },
  };
}
