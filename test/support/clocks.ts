// Clocks that replace the system's in tests, so that tests do not depend on the speed of the machine.
import type { Clock } from "../../src/timing/clock.ts";

export interface ManualClock extends Clock {
  /** Advances the time by `ms`; waits that are due by then end in order. */
  advance(ms: number): Promise<void>;
  /** Settles when something waits. */
  awaited(): Promise<void>;
}

/** A clock that stands still until it is advanced. It starts at 0, and only a wait of 0 ms ends by itself. */
export function manualClock(): ManualClock {
  let nowMs = 0;
  let waiting: { readonly dueMs: number; readonly resolve: () => void }[] = [];
  let onWait = ignore;

  return {
    now: () => nowMs,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (ms <= 0 || signal.aborted) return resolve();
        const end = (): void => {
          waiting = waiting.filter((other) => other !== wait);
          signal.removeEventListener("abort", end);
          resolve();
        };
        const wait = { dueMs: nowMs + ms, resolve: end };
        waiting.push(wait);
        onWait();
        signal.addEventListener("abort", end);
      }),
    async advance(ms) {
      const endMs = nowMs + ms;
      for (;;) {
        const due = waiting.filter(({ dueMs }) => dueMs <= endMs).toSorted((a, b) => a.dueMs - b.dueMs)[0];
        if (due === undefined) break;
        waiting = waiting.filter((other) => other !== due);
        nowMs = due.dueMs;
        due.resolve();
        await nextTurn();
      }
      nowMs = endMs;
    },
    awaited: () => new Promise((resolve) => (waiting.length > 0 ? resolve() : (onWait = resolve))),
  };
}

/** Enough turns of the event loop for data to arrive through the loopback interface. */
const TURNS_ON_THE_WAY = 20;

export interface JumpingClock extends Clock {
  /** The requested waits, in ms. */
  readonly waitsMs: readonly number[];
}

/**
 * A clock on which every wait ends soon, however long it is. Not suitable for code that waits repeatedly, such as the
 * status line.
 */
export function jumpingClock(): JumpingClock {
  let nowMs = 0;
  const waitsMs: number[] = [];
  return {
    waitsMs,
    now: () => nowMs,
    async wait(ms, signal) {
      waitsMs.push(ms);
      if (signal.aborted) return;
      nowMs += Math.max(ms, 0);
      await arrival();
    },
  };
}

/** Settles when data sent between two ends of a connection in this process has arrived. */
export async function arrival(): Promise<void> {
  for (let turn = 0; turn < TURNS_ON_THE_WAY; turn += 1) await nextTurn();
}

function ignore(): void {}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
