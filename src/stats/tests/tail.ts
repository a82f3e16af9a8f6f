// Tests whether one side has more of the large values if most values are alike: a median does not show that one stream
// in fifty stalls.
import type { Weighted } from "../distribution.ts";
import { fisher, type Share } from "./fisher.ts";
import { together, total } from "./mann-whitney.ts";

export interface Tail {
  /** The quantile of the values of both sides. */
  readonly beyond: number;
  /** Whether values equal to it are in the tail. */
  readonly isInclusive: boolean;
  /** How many values of each side are in the tail. */
  readonly a: Share;
  readonly b: Share;
  /** Of Fisher's exact test. */
  readonly p: number;
}

/**
 * Counts the values of each side beyond the same quantile of both together (Mood's median test, at another quantile).
 * Values equal to the quantile count if that brings the size of the tail closer to the wanted one: many large values
 * may be equal, as with a timeout or whole seconds. They never count if they reach down to the median. The choice
 * depends only on both sides together, so the test remains exact.
 */
export function tailTest(a: readonly Weighted[], b: readonly Weighted[], share: number): Tail {
  const ofA = total(a);
  const ofB = total(b);
  const all = ofA + ofB;
  const rank = share * all;
  let belowA = 0;
  let belowB = 0;
  let equalA = 0;
  let equalB = 0;
  let beyond = 0;
  for (const [atA, atB, value] of together(a, b)) {
    if (belowA + equalA + belowB + equalB >= rank) break;
    belowA += equalA;
    belowB += equalB;
    equalA = atA;
    equalB = atB;
    beyond = value;
  }
  const from = all - belowA - belowB;
  const isInclusive = from < all / 2 && isCloser(from, from - equalA - equalB, all - rank);
  const [tailA, tailB] = [
    { hits: ofA - belowA - (isInclusive ? 0 : equalA), of: ofA },
    { hits: ofB - belowB - (isInclusive ? 0 : equalB), of: ofB },
  ];
  return { beyond, isInclusive, a: tailA, b: tailB, p: fisher(tailA, tailB) };
}

/** Whether the larger count differs from the wanted one by a smaller factor than the smaller count does. */
function isCloser(larger: number, smaller: number, wanted: number): boolean {
  return larger * smaller < wanted ** 2;
}
