/** The lowest bar means 0; every value above 0 gets at least the second. */
const BARS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

/** Draws non-negative numbers as a line of bars; the largest gets the tallest bar. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(...values);
  return values.map((value) => barOf(value, most)).join("");
}

/** Draws one number as a bar; `most` is the largest number of the line. */
export function barOf(value: number, most: number): string {
  const tallest = BARS.length - 1;
  return BARS[value === 0 ? 0 : Math.max(Math.round((value / most) * tallest), 1)] ?? "";
}
