import { type Page, pageOver } from "./page.ts";

export interface Turns {
  /** A page for the next writer; its output appears once all writers before it are done. */
  next(): { readonly page: Page; readonly done: () => void };
}

/** Lets several writers use one page at the same time, with their outputs in order. */
export function createTurns(page: Page): Turns {
  const queue: { waiting: (() => void)[] | null; isDone: boolean }[] = [];

  /** Writes the output of finished writers and of the first unfinished one. */
  function advance(): void {
    for (;;) {
      const first = queue[0];
      if (first === undefined) return;
      for (const write of first.waiting ?? []) write();
      first.waiting = null;
      if (!first.isDone) return;
      queue.shift();
    }
  }

  return {
    next() {
      const entry: { waiting: (() => void)[] | null; isDone: boolean } = { waiting: [], isDone: false };
      queue.push(entry);
      advance();
      const done = (): void => {
        entry.isDone = true;
        advance();
      };
      // The first in the queue stays the first until it is done: it never waits.
      if (entry.waiting === null) return { page, done };
      const inTurn = (write: () => void): void => {
        if (entry.waiting === null) write();
        else entry.waiting.push(write);
      };
      return {
        page: pageOver(page, {
          write: (text, paint) => inTurn(() => page.write(text, paint)),
          writeUtf8: (text) => inTurn(() => page.writeUtf8(text)),
          writeInline: (text, paint) => inTurn(() => page.writeInline(text, paint)),
          writeLink: (text, uri, paint) => inTurn(() => page.writeLink(text, uri, paint)),
          writeJson: (value, indent) => inTurn(() => page.writeJson(value, indent)),
          writeBytes(bytes) {
            // The bytes are valid only during the call.
            const kept = entry.waiting === null ? bytes : Uint8Array.from(bytes);
            inTurn(() => page.writeBytes(kept));
          },
          endLine: () => inTurn(() => page.endLine()),
        }),
        done,
      };
    },
  };
}
