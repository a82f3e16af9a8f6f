// Runs work many times, with limits on concurrency and rate.
import type { Clock } from "../../timing/clock.ts";

export interface Pace {
  readonly times: number;
  /** How many may run at once. */
  readonly concurrency: number;
  /** The shortest time between two starts in ms; 0: no limit. */
  readonly intervalMs: number;
  readonly clock: Clock;
  /** When aborted, nothing more is started. */
  readonly signal: AbortSignal;
}

/**
 * Runs `work` with the numbers from 1 to `times`, in order. Resolves when all that was started is over, with the number
 * of runs that started later than the rate because too many were running. If one fails, it calls `onFailure`, starts
 * nothing more, and throws the first failure at the end.
 */
export async function repeatedly(
  { times, concurrency, intervalMs, clock, signal }: Pace,
  work: (number: number) => Promise<void>,
  onFailure: () => void,
): Promise<number> {
  let running = 0;
  let late = 0;
  let failure: { readonly error: unknown } | null = null;
  /** Resumes the loop below. Promise.race would add a reaction to the slowest promise in each round. */
  let wake: () => void = doNothing;

  async function begin(number: number): Promise<void> {
    running += 1;
    try {
      await work(number);
    } catch (error) {
      failure ??= { error };
      onFailure();
    }
    running -= 1;
    wake();
  }

  const untilOneEnds = (): Promise<void> => new Promise((resolve) => (wake = resolve));
  const isOver = (): boolean => signal.aborted || failure !== null;
  let nextMs = clock.now();
  for (let number = 1; number <= times && !isOver(); number += 1) {
    const isFull = running >= concurrency;
    if (isFull) await untilOneEnds();
    const waitMs = nextMs - clock.now();
    if (waitMs > 0) await clock.wait(waitMs, signal);
    if (isOver()) break;
    if (isFull && waitMs < 0 && intervalMs > 0) late += 1;
    // Late starts are not caught up, because that would be a burst.
    nextMs = Math.max(nextMs, clock.now()) + intervalMs;
    void begin(number);
  }
  const isRunning = (): boolean => running > 0;
  while (isRunning()) await untilOneEnds();
  rethrow(failure);
  return late;
}

function rethrow(failure: { readonly error: unknown } | null): void {
  if (failure !== null) throw failure.error;
}

function doNothing(): void {}
