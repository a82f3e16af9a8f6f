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
  const state: State = { parts: [], isOver: false, wake: doNothing, goOn: doNothing };
  const whole = work({
    add(part) {
      state.parts.push(part);
      state.wake();
    },
    async areTaken() {
      while (state.parts.length > 0 && !state.isOver) {
        await new Promise<void>((resolve) => {
          state.goOn = resolve;
        });
      }
    },
  }).finally(() => {
    state.isOver = true;
    state.wake();
  });
  // Whoever leaves early does not wait for it.
  whole.catch(doNothing);
  try {
    while (state.parts.length > 0 || !state.isOver) {
      if (state.parts.length === 0) {
        await new Promise<void>((resolve) => {
          state.wake = resolve;
        });
        continue;
      }
      const taken = state.parts;
      state.parts = [];
      for (const part of taken) yield part;
      state.goOn();
    }
    yield await whole;
  } finally {
    state.isOver = true;
    state.goOn();
  }
}

interface State {
  /** Those that were not taken. */
  parts: SourceOutcome[];
  /** All was added, or nobody takes any more. */
  isOver: boolean;
  /** Goes on with whoever waits for a part. */
  wake: () => void;
  /** Goes on with whoever waits until all are taken. */
  goOn: () => void;
}

function doNothing(): void {}
