/** The lowest is for nothing at all; what is more than nothing is at least the second. */
const BARS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

/** Numbers from 0 as a line of bars, the largest as the tallest. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(...values);
  return values.map((value) => barOf(value, most)).join("");
}

/** One number as a bar, beside others of which none is larger than `most`. */
export function barOf(value: number, most: number): string {
  const tallest = BARS.length - 1;
  return BARS[value === 0 ? 0 : Math.max(Math.round((value / most) * tallest), 1)] ?? "";
}
