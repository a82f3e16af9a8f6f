// Tests whether one side has more of the large values if most values are alike: a median does not show that one stream
// in fifty stalls.
import type { Weighted } from "../distribution.ts";
import { fisher, type Share } from "./fisher.ts";
import { together, total } from "./mann-whitney.ts";

export interface Tail {
  /** The value that `share` of all values of both sides do not exceed. */
  readonly beyond: number;
  /** How many values of each side exceed it. */
  readonly a: Share;
  readonly b: Share;
  /** Of Fisher's exact test. */
  readonly p: number;
}

/**
 * Counts the values of each side beyond the same quantile of both together (Mood's median test, at another quantile).
 */
export function tailTest(a: readonly Weighted[], b: readonly Weighted[], share: number): Tail {
  const ofA = total(a);
  const ofB = total(b);
  const rank = share * (ofA + ofB);
  let belowA = 0;
  let belowB = 0;
  let beyond = 0;
  for (const [atA, atB, value] of together(a, b)) {
    if (belowA + belowB >= rank) break;
    belowA += atA;
    belowB += atB;
    beyond = value;
  }
  const [tailA, tailB] = [
    { hits: ofA - belowA, of: ofA },
    { hits: ofB - belowB, of: ofB },
  ];
  return { beyond, a: tailA, b: tailB, p: fisher(tailA, tailB) };
}
