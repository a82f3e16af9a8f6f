// What options are given, as text, to what they mean. Each throws commander's error for a text that means nothing.
import { InvalidArgumentError } from "commander";

/** For an option that may be given again and again. */
export function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

/** For an option that says one thing: given twice, it is not clear which is meant. */
export function once(value: string, previous: string | undefined): string {
  if (previous !== undefined) throw new InvalidArgumentError("It is given twice.");
  return value;
}

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
/** What timers hold: longer ones would end at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Seconds, or with ms, s, m or h; in ms. */
export function parseDuration(value: string): number {
  const [, digits = "", unit = "s"] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(value) ?? [];
  const ms = Number(digits || NaN) * (UNITS[unit] ?? NaN);
  if (!(ms > 0)) throw new InvalidArgumentError("A time is a number of seconds, or such as 500ms, 30s, 2m.");
  return Math.min(ms, LONGEST_MS);
}

export function parseCount(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError("A number from 0, please.");
  return Number(value);
}
