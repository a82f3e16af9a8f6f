// Outcomes of a source that may hold more streams than fit in memory: each is passed on as soon as it is checked.
import type { SourceOutcome } from "./check-source.ts";

export interface Parts {
  /** Adds a part. */
  add(part: SourceOutcome): void;
  /** Resolves when all added parts have been taken. */
  areTaken(): Promise<void>;
}

/** Gives the parts that `work` adds as they come, then its result. Throws the errors of `work`. */
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
  // A consumer that stops early does not wait for it.
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
  /** Parts that were not taken yet. */
  parts: SourceOutcome[];
  /** All parts were added, or the consumer has stopped. */
  isOver: boolean;
  /** Resumes the consumer that waits for a part. */
  wake: () => void;
  /** Resumes the producer that waits until all parts are taken. */
  goOn: () => void;
}

function doNothing(): void {}
