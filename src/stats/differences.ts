// The result of a comparison of two collections.
import type { Count } from "../model/numbers.ts";
import type { MeasureName } from "./measures.ts";
import type { QuantileChange } from "./quantile-change.ts";
import type { WithoutStream } from "./without-stream.ts";

export interface GroupComparison {
  /** Chance of even one false alarm among all differences. */
  readonly level: number;
  /** Number of tests made; `p` is corrected for it with the method of Holm. */
  readonly tests: Count;
  /** Why no test was made; null if there are any. */
  readonly nothingCompared: NothingCompared | null;
  /** Sources of each side that are not streams, or could not be read. */
  readonly withoutStream: { readonly before: WithoutStream; readonly after: WithoutStream };
  /** Significant differences that are not negligible. */
  readonly worse: Count;
  readonly better: Count;
  /** All comparisons, worse ones first, by certainty. */
  readonly differences: readonly GroupDifference[];
  /** The values of groups that are on one side only: the largest group first, then by name. */
  readonly onlyBefore: readonly (readonly (string | null)[])[];
  readonly onlyAfter: readonly (readonly (string | null)[])[];
}

export type NothingCompared =
  /** The earlier sources have no streams. */
  | "empty-before"
  /** The later sources have no streams. */
  | "empty-after"
  /** No group is on both sides. */
  | "no-common-group"
  /** Fewer than 8 values on a side, everywhere. */
  | "too-few"
  /** No group has times on both sides, and there are no failures or findings. */
  | "nothing-measured";

export type Judgement =
  /** Significant, and not negligible. */
  | "worse"
  | "better"
  /** Significant, but too small to matter. */
  | "negligible"
  /** It may be noise. */
  | "not-significant"
  /** Fewer than 8 values on a side. */
  | "too-few";

interface Compared {
  /** The value of each key of the group. */
  readonly values: readonly (string | null)[];
  readonly judgement: Judgement;
  /**
   * Corrected for the number of tests; null if none was made.
   * @minimum 0
   * @maximum 1
   */
  readonly p: number | null;
}

/** Values as a whole. */
export interface MeasureDifference extends Compared {
  readonly type: "values";
  readonly test: "mann-whitney-u";
  readonly measure: MeasureName;
  readonly before: Summary;
  readonly after: Summary;
  /** The chance that of one value from each side, the later one is larger; null if no test was made. */
  readonly superiority: number | null;
  /** The quantile with the largest relative change in the direction of the difference; null if no test was made. */
  readonly mostChanged: QuantileChange | null;
}

/** Large values: from the 95th percentile of both sides; for tokens/s, small values, up to the 5th. */
export interface TailDifference extends Compared {
  readonly type: "tail";
  readonly test: "fisher-exact";
  readonly measure: MeasureName;
  /** Where the tail begins. */
  readonly beyond: number;
  /** Whether values equal to `beyond` count: for example if many responses ran into the same timeout. */
  readonly inclusive: boolean;
  readonly before: ShareCount;
  readonly after: ShareCount;
}

/** How often something happens: failures, or findings of a rule. */
export interface ShareDifference extends Compared {
  readonly type: "share";
  readonly test: "fisher-exact";
  /** The rule; null for failures. */
  readonly rule: string | null;
  readonly before: ShareCount;
  readonly after: ShareCount;
}

export type GroupDifference = MeasureDifference | TailDifference | ShareDifference;

export interface Summary {
  readonly count: Count;
  readonly p50: number | null;
  readonly p95: number | null;
}

export interface ShareCount {
  readonly count: Count;
  readonly of: Count;
}
