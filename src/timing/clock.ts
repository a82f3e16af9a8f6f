/** The time, and waiting. Tests replace it. */
export interface Clock {
  /** The time in ms, from an arbitrary start. */
  now(): number;
  /** Settles after `ms`, or at once if `signal` is aborted; never throws. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener("abort", end);
    }),
};
