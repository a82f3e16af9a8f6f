// Finds the quantile that shows best how two distributions differ.
import type { Distribution } from "./distribution.ts";

export interface QuantileChange {
  /**
   * 0.1, 0.2 … 0.9 or 0.95.
   * @minimum 0
   * @maximum 1
   */
  readonly quantile: number;
  readonly before: number;
  readonly after: number;
}

const QUANTILES = [0.5, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95];

/** Both sides have values. */
export function quantileChange(quantile: number, before: Distribution, after: Distribution): QuantileChange {
  return { quantile, before: before.quantile(quantile) ?? 0, after: after.quantile(quantile) ?? 0 };
}

/** The quantile with the largest relative change in the given direction; the median if none changed so. */
export function changeOf(before: Distribution, after: Distribution, isDecrease: boolean): QuantileChange {
  const changes = QUANTILES.map((quantile) => quantileChange(quantile, before, after));
  const size = (change: QuantileChange) => (isDecrease ? -growthOf(change) : growthOf(change));
  return changes.reduce((most, change) => (size(change) > Math.max(size(most), 0) ? change : most));
}

/** The change as a share of the earlier value, which counts as at least 1 (ms or token/s); negative for a decrease. */
export function growthOf({ before, after }: QuantileChange): number {
  return (after - before) / Math.max(before, 1);
}
