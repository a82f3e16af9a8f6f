// Writes a JSON document around a list of any length: elements are written as they arrive, one a line, and none is
// kept.
import type { Page } from "../terminal/page.ts";

export interface JsonList {
  add(element: unknown): void;
  /** Ends the document; `closing`: the JSON text from the list's `]` on. */
  close(closing: string): void;
}

/** `opening`: the JSON text up to the list's `[`, written with the first element. */
export function createJsonList(page: Page, opening: string): JsonList {
  let isOpen = false;
  return {
    add(element) {
      page.write(isOpen ? "," : `${opening}\n`);
      isOpen = true;
      page.writeJson(element);
    },
    close(closing) {
      page.write(isOpen ? closing : opening + closing);
      page.write("\n");
    },
  };
}
