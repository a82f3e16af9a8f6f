// The timers of the network's time limits, which tests move by hand: only what has happened decides which limit runs out.
import { onTestFinished, vi } from "vitest";

export interface Timers {
  /** Lets so many ms pass for all timers. */
  pass(ms: number): Promise<void>;
}

/** Makes timers stand still until the test lets time pass, and real again after it. The network goes on as it is. */
export function stillTimers(): Timers {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  return {
    async pass(ms) {
      await vi.advanceTimersByTimeAsync(ms);
    },
  };
}
