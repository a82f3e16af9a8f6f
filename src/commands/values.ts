// What options are given, as text, to what they mean. Each throws commander's error for a text that means nothing.
import { InvalidArgumentError } from "commander";
import { parseDuration } from "../wording/durations.ts";

/** For an option that may be given again and again. */
export function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

/** For an option that says one thing: given twice, it is not clear which is meant. */
export function once(value: string, previous: string | undefined): string {
  if (previous !== undefined) throw new InvalidArgumentError("It is given twice.");
  return value;
}

/** What timers hold: longer ones would end at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Seconds, or with ms, s, m or h; in ms. */
export function parseTime(value: string): number {
  const ms = parseDuration(value, "s");
  if (ms === null || ms === 0) throw new InvalidArgumentError("Expected a duration such as 10s or 500ms.");
  return Math.min(ms, LONGEST_MS);
}

export function parseCount(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError("A number from 0, please.");
  return Number(value);
}
