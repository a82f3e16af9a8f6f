// The logarithmic scale of a histogram.
import type { Histogram } from "../../../stats/statistics.ts";
import { formatMeasure } from "../../../stats/show/sections.ts";
import type { Measure } from "../../../stats/measures.ts";

/** The size of the picture, in its units. */
export const WIDTH = 180;

/** The position of a value, in the units of the picture. */
export function placeOf({ from, to }: Pick<Histogram, "from" | "to">, value: number): number {
  const share = value <= from ? 0 : Math.log(value / from) / Math.log(to / from);
  return Math.min(Math.max(share, 0), 1) * WIDTH;
}

/** The limits of a bar; the outer ones are open. */
export function rangeOf({ from, to, counts }: Histogram, index: number, unit: Measure["unit"]): string {
  const limit = (edge: number): string => formatMeasure(from * (to / from) ** (edge / counts.length), unit);
  if (index === 0) return `up to ${limit(1)}`;
  return index === counts.length - 1 ? `from ${limit(index)}` : `${limit(index)} to ${limit(index + 1)}`;
}
