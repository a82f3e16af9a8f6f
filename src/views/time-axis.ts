// The axis below a timeline: round times at their columns, the end at the right.
import { formatDuration } from "../wording/durations.ts";

/** Columns for a label and the space around it. */
const LABEL_COLUMNS = 14;
const SPACE = 2;
const ROUND = [1, 2, 5];
const TEN = 10;
const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
/** Step sizes in minutes. */
const ROUND_MINUTES = [1, 2, 5, 10, 20, 30, 60, 120, 240, 480, 960].map((minutes) => minutes * MINUTE_MS);

/** The labels of a time axis from 0 to `endMs`, in `width` columns. */
export function axisOf(endMs: number, width: number): string {
  const endLabel = formatDuration(endMs);
  const stepMs = stepOf((endMs * LABEL_COLUMNS) / width);
  let axis = "";
  for (let atMs = 0; atMs < endMs; atMs += stepMs) {
    const column = Math.floor((atMs / endMs) * width);
    const label = labelOf(atMs, stepMs);
    if (column + label.length + SPACE + endLabel.length > width) break;
    axis = axis.padEnd(column) + label;
  }
  return axis + endLabel.padStart(Math.max(width - axis.length, 0));
}

/** The smallest round time that is at least `leastMs`. */
function stepOf(leastMs: number): number {
  if (leastMs > MINUTE_MS / 2) return ROUND_MINUTES.find((ms) => ms >= leastMs) ?? leastMs;
  const power = TEN ** Math.floor(Math.log10(Math.max(leastMs, 1)));
  const factor = ROUND.find((round) => round * power >= leastMs) ?? TEN;
  return Math.max(factor * power, 1);
}

function labelOf(atMs: number, stepMs: number): string {
  if (stepMs >= MINUTE_MS) return `${Math.round(atMs / MINUTE_MS)} min`;
  if (stepMs >= SECOND_MS || atMs >= SECOND_MS) return `${Number((atMs / SECOND_MS).toFixed(1))} s`;
  return atMs === 0 ? "0" : `${Math.round(atMs)} ms`;
}
