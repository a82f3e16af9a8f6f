// Fake timers for network timeouts, which tests advance by hand, so that events alone decide which timeout expires.
import { onTestFinished, vi } from "vitest";

export interface Timers {
  /** Advances all timers by `ms`. */
  pass(ms: number): Promise<void>;
}

/** Stops timers until the test advances them; they are real again after the test. The network works as usual. */
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
