// Durations that were compared with a limit.
import { formatDuration } from "./durations.ts";

const SECOND = 1000;
const MINUTE = 60_000;
/** Of ms; more is not measured. */
const DECIMALS = 3;

/**
 * 137 ms, 1.42 s, 1 min 5 s; with all its digits, as 2.0004 s, if the rounded one would mislead. `isTrue`: whether a
 * rounded value, in ms, tells the reader the same as the exact one.
 */
export function formatMeasured(ms: number, isTrue: (rounded: number) => boolean): string {
  const rounded = ms < SECOND ? Number(ms.toPrecision(3)) : Math.round(ms / stepOf(ms)) * stepOf(ms);
  if (!isTrue(rounded)) {
    return ms < SECOND ? `${Number(ms.toFixed(DECIMALS))} ms` : `${Number((ms / SECOND).toFixed(2 * DECIMALS))} s`;
  }
  if (rounded < SECOND) return `${rounded} ms`;
  return rounded < MINUTE ? `${(rounded / SECOND).toFixed(2)} s` : formatDuration(rounded);
}

/** What a duration is rounded to, in ms: 10 ms, and from a minute on seconds. */
function stepOf(ms: number): number {
  return ms < MINUTE ? 10 : SECOND;
}
