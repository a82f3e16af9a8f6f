/**
 * The p values of several tests, in order, corrected for their number with the method of Holm (1979): the chance of
 * even one false alarm below a level is at most that level.
 */
export function holm(values: readonly number[]): readonly number[] {
  const order = values.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const corrected = values.map(() => 1);
  let most = 0;
  for (const [rank, { p, index }] of order.entries()) {
    most = Math.max(most, Math.min(p * (values.length - rank), 1));
    corrected[index] = most;
  }
  return corrected;
}
