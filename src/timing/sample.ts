/** Collects numbers for percentiles: exact up to 32,768 numbers, an even sample beyond that. */
export interface Sample {
  add(value: number): void;
  /** The value that this share of the numbers does not exceed (nearest rank); null if there are no numbers. */
  percentile(share: number): number | null;
}

const MOST_KEPT = 32_768;

export function createSample(): Sample {
  let kept: number[] = [];
  /** One in `stride` values is kept. */
  let stride = 1;
  let seen = 0;

  return {
    add(value) {
      if (seen % stride === 0) kept.push(value);
      seen += 1;
      if (kept.length < MOST_KEPT) return;
      kept = kept.filter((_, index) => index % 2 === 0);
      stride *= 2;
    },
    percentile(share) {
      const sorted = Float64Array.from(kept).sort();
      return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? null;
    },
  };
}
