// What becomes of a source that may hold more streams than fit in memory: each is handed on as soon as it is checked.
import type { SourceOutcome } from "./check-source.ts";

export interface Parts {
  /** Adds a part. */
  add(part: SourceOutcome): void;
  /** Settled when all parts that were added have been taken. */
  areTaken(): Promise<void>;
}

/** Gives the parts that `work` adds, as they come, and what it ends with behind them. Throws what it throws. */
export async function* inParts(work: (parts: Parts) => Promise<SourceOutcome>): AsyncGenerator<SourceOutcome> {
  let parts: SourceOutcome[] = [];
  let isOver = false;
  /** Goes on with whoever waits: for a part here, or for parts to be taken there. */
  let wake = (): void => {};
  let goOn = (): void => {};
  const whole = work({
    add(part) {
      parts.push(part);
      wake();
    },
    async areTaken() {
      while (parts.length > 0 && !isOver) await new Promise<void>((resolve) => (goOn = resolve));
    },
  }).finally(() => {
    isOver = true;
    wake();
  });
  // Whoever leaves early does not wait for it.
  whole.catch(() => {});
  try {
    while (parts.length > 0 || !isOver) {
      if (parts.length === 0) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      const taken = parts;
      parts = [];
      for (const part of taken) yield part;
      goOn();
    }
    yield await whole;
  } finally {
    isOver = true;
    goOn();
  }
}
