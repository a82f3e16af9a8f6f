// Converts the times and costs that providers report to the one form of all dialects.
import type { Cost, ServerTiming } from "../../model/provider-figures.ts";
import { roundMs } from "../../model/timing.ts";

/** The units in which providers report times, in ms. */
export const SECONDS = 1000;
export const MILLISECONDS = 1;
export const NANOSECONDS = 1e-6;

/** The times that a provider measures; a value may be of any type, and an unreported key is left out. */
export interface ServerTimes {
  readonly queue?: unknown;
  readonly load?: unknown;
  readonly prompt?: unknown;
  readonly completion?: unknown;
  readonly total?: unknown;
}

/** The times that a server reports in a unit, beside its own object; null if none of them is a time. */
export function serverTimingOf(times: ServerTimes, unit: number, raw: unknown): ServerTiming | null {
  const read = (value: unknown) => {
    const time = numberOf(value);
    return time === null || time < 0 ? null : roundMs(time * unit);
  };
  const timing = {
    queueMs: read(times.queue),
    loadMs: read(times.load),
    promptMs: read(times.prompt),
    completionMs: read(times.completion),
    totalMs: read(times.total),
  };
  return Object.values(timing).every((ms) => ms === null) ? null : { ...timing, raw };
}

/** A cost as reported; null if `amount` is not a number. */
export function costOf(amount: unknown, unit: string | null): Cost | null {
  const number = numberOf(amount);
  return number === null ? null : { amount: number, unit };
}

/** Some servers write numbers as text, to keep every digit. */
function numberOf(value: unknown): number | null {
  const isText = typeof value === "string" && value.trim() !== "";
  const number = isText ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}
