import type { Clock } from "./pace.ts";

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      const settle = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", settle);
        resolve();
      };
      const timer = setTimeout(settle, ms);
      if (signal.aborted) settle();
      else signal.addEventListener("abort", settle, { once: true });
    }),
};
