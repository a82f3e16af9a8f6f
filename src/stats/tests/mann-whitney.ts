// Tests whether the values of one side tend to be larger than those of another.
import type { Weighted } from "../distribution.ts";
import { twoSidedNormal } from "./normal.ts";

export interface MannWhitney {
  /** The chance that in a pair of one value from each side, the one of `b` is larger; equal ones count half. */
  readonly superiority: number;
  /** Two-sided, from the normal approximation with corrections for ties and continuity. */
  readonly p: number;
}

/**
 * The Mann-Whitney U test (Mann and Whitney 1947, doi:10.1214/aoms/1177730491), computed like
 * `scipy.stats.mannwhitneyu` with `method="asymptotic"`. Values ascend; neither side is empty. Values within a bin of a
 * sketch are ties.
 */
export function mannWhitney(a: readonly Weighted[], b: readonly Weighted[]): MannWhitney {
  const countA = total(a);
  const countB = total(b);
  const all = countA + countB;
  /** Pairs in which the value of `b` is larger, and half of those that are equal. */
  let pairs = 0;
  let ties = 0;
  let belowOfA = 0;
  for (const [ofA, ofB] of together(a, b)) {
    pairs += ofB * (belowOfA + ofA / 2);
    belowOfA += ofA;
    const tied = ofA + ofB;
    ties += tied ** 3 - tied;
  }
  const product = countA * countB;
  const variance = (product / 12) * (all + 1 - ties / (all * (all - 1)));
  const distance = Math.max(Math.abs(pairs - product / 2) - CONTINUITY, 0);
  const p = variance > 0 ? twoSidedNormal(distance / Math.sqrt(variance)) : 1;
  return { superiority: pairs / product, p: Math.min(p, 1) };
}

const CONTINUITY = 0.5;

export function total(values: readonly Weighted[]): number {
  return values.reduce((sum, { count }) => sum + count, 0);
}

/** For each value of either side, in ascending order, how often each side has it. */
export function* together(
  a: readonly Weighted[],
  b: readonly Weighted[],
): Generator<readonly [ofA: number, ofB: number, value: number]> {
  let indexA = 0;
  let indexB = 0;
  for (;;) {
    const nextA = a[indexA];
    const nextB = b[indexB];
    if (nextA === undefined && nextB === undefined) return;
    const value = Math.min(nextA?.value ?? Infinity, nextB?.value ?? Infinity);
    const isA = nextA?.value === value;
    const isB = nextB?.value === value;
    yield [isA ? nextA.count : 0, isB ? nextB.count : 0, value];
    if (isA) indexA += 1;
    if (isB) indexB += 1;
  }
}
