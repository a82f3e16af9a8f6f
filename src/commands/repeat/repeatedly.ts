// Does something many times, a few at once, and not too fast.
import type { Clock } from "../../timing/clock.ts";

export interface Pace {
  readonly times: number;
  /** How many may run at once. */
  readonly concurrency: number;
  /** The shortest time between two beginnings in ms; 0: none. */
  readonly intervalMs: number;
  readonly clock: Clock;
  /** Aborted: nothing more begins. */
  readonly signal: AbortSignal;
}

/**
 * Runs `work` with the numbers from 1 to `times`, in their order. Settles when all that began is over, and gives how many
 * began later than the rate asks for because too many were running. If one fails, `onFailure` is called, nothing more begins,
 * and the first failure is thrown at the end.
 */
export async function repeatedly(
  { times, concurrency, intervalMs, clock, signal }: Pace,
  work: (number: number) => Promise<void>,
  onFailure: () => void,
): Promise<number> {
  let running = 0;
  let late = 0;
  let failure: { readonly error: unknown } | null = null;
  /** Goes on with the loop below. A race of promises would keep a reaction on the slowest one for each round. */
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
    // What was late is not caught up: that would be a burst.
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
