/** The lowest is for nothing at all; what is more than nothing is at least the second. */
const BARS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

/** Numbers from 0 as a line of bars, the largest as the tallest. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(...values);
  const tallest = BARS.length - 1;
  return values.map((value) => BARS[value === 0 ? 0 : Math.max(Math.round((value / most) * tallest), 1)]).join("");
}
