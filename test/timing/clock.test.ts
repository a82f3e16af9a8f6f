import { getEventListeners } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "../../src/timing/clock.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const neverAborted = new AbortController().signal;

test("The clock returns the time in milliseconds.", () => {
  const startMs = systemClock.now();
  vi.advanceTimersByTime(250);
  expect(systemClock.now() - startMs).toBe(250);
});

test("Waiting takes the requested time.", async () => {
  let isOver = false;
  const waiting = systemClock.wait(300, neverAborted).then(() => (isOver = true));
  await vi.advanceTimersByTimeAsync(299);
  expect(isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(isOver).toBe(true);
  await waiting;
  expect(getEventListeners(neverAborted, "abort")).toEqual([]);
});

test("An abort ends it at once, and leaves neither a timer nor a listener.", async () => {
  const interrupt = new AbortController();
  const waiting = systemClock.wait(300, interrupt.signal);
  expect(vi.getTimerCount()).toBe(1);
  interrupt.abort();
  await waiting;
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(interrupt.signal, "abort")).toEqual([]);
});

test("Waiting ends at once if the signal was already aborted.", async () => {
  await systemClock.wait(300, AbortSignal.abort());
  expect(vi.getTimerCount()).toBe(0);
});
