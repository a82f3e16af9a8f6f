// Clocks that tests give to the program in place of the system's: none of them depends on how fast the machine is.
import type { Clock } from "../../src/timing/clock.ts";

export interface ManualClock extends Clock {
  /** Moves the time on by so many ms; what waits for a time until then goes on, in order. */
  advance(ms: number): Promise<void>;
  /** Settled when something waits. */
  awaited(): Promise<void>;
}

/** A clock that stands still until it is moved: it begins at 0, and only a wait of 0 ms ends by itself. */
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

/** Turns of the event loop in which whatever is on its way through the loopback arrives. */
const TURNS_ON_THE_WAY = 20;

export interface JumpingClock extends Clock {
  /** The waits that were asked for, in ms. */
  readonly waitsMs: readonly number[];
}

/**
 * A clock on which every wait is soon over, whatever time it asked for. Not for what waits again and again, such as the
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

/** Settled when what was sent from one end of a connection of this process to the other has arrived. */
export async function arrival(): Promise<void> {
  for (let turn = 0; turn < TURNS_ON_THE_WAY; turn += 1) await nextTurn();
}

function ignore(): void {}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
