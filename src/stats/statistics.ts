// The statistics as one value; `src/schemas/stats.schema.json` is generated from these types. Values that were not
// measured or not reported are null.
import type { Count, Index } from "../model/numbers.ts";
import type { GroupComparison } from "./differences.ts";
import type { MissingKey } from "./form.ts";
import type { WithoutStream } from "./without-stream.ts";
import { type MeasureName, measures, type TokenKind, tokenKinds } from "./measures.ts";

export const STATS_SCHEMA = "ssescope/stats@1";

export interface Statistics {
  /** Name and version of this format. */
  readonly schema: typeof STATS_SCHEMA;
  /** The keys by which responses are grouped. */
  readonly by: readonly string[];
  /** Whether a signal ended the reading: the statistics then cover only what was read before. */
  readonly interrupted: boolean;
  /** Sources, or reports in them, that could not be read; sources count as failures. */
  readonly unreadable: Count;
  /** Sources that are not streams, or could not be read, and the first of them; they count as failures. */
  readonly withoutStream: WithoutStream;
  /** Streams that Ctrl-C or another signal cut, live or in a recording; they are not counted anywhere else. */
  readonly cutShort: Count;
  /** Files in folders that were not read, because their extensions are not those of captures. */
  readonly skipped: SkippedFiles;
  /** Keys of `by` that some of the output written earlier does not have: these streams are in groups without a value. */
  readonly missingKeys: readonly MissingKey[];
  /** How quantiles are computed. */
  readonly quantiles: QuantileMethod;
  /** All responses together. */
  readonly all: GroupStatistics;
  /** The largest group first, days in order; the rest group, if there were too many, last. */
  readonly groups: readonly GroupStatistics[];
  /** Differences from the sources of `--against`; left out without them. */
  readonly against?: GroupComparison;
}

export interface SkippedFiles {
  readonly count: Count;
  /** The folders that were given. */
  readonly folders: readonly string[];
  /** Most frequent first, at most 10. */
  readonly extensions: readonly ExtensionCount[];
}

export interface ExtensionCount {
  readonly extension: string;
  readonly count: Count;
}

export interface QuantileMethod {
  /** p95 is the smallest measured value such that at least 95 % of the values are equal or lower. */
  readonly definition: "nearest-rank";
  /** Up to this many values of a measure in a group are exact; more become a DDSketch. */
  readonly exactUpTo: Count;
  /** Maximum relative error of a sketch's quantile. */
  readonly sketchRelativeError: number;
}

export interface GroupStatistics {
  /** The value of each key, in the order of `by`; null if unknown. */
  readonly values: readonly (string | null)[];
  /** Whether it collects all groups beyond the limit. */
  readonly isRest: boolean;
  /** Responses, and streams and sources without any: the base of shares. */
  readonly count: Count;
  /** Responses of a model. */
  readonly responses: Count;
  /** Streams; each counts in the group of its first response. */
  readonly streams: Count;
  /** Verdicts that are failures: failed, truncated, transport-error, not-a-stream, unreadable. */
  readonly failed: Count;
  /**
   * `failed` divided by `count`.
   * @minimum 0
   * @maximum 1
   */
  readonly failedShare: number;
  /** How often each verdict occurs, most frequent first. */
  readonly verdicts: readonly VerdictCount[];
  readonly measures: Readonly<Record<MeasureName, MeasureStatistics>>;
  readonly tokens: Readonly<Record<TokenKind, TokenSum>>;
  /** Rules with findings, most frequent first. */
  readonly rules: readonly RuleCount[];
}

export interface VerdictCount {
  readonly verdict: string;
  readonly count: Count;
}

export interface RuleCount {
  readonly rule: string;
  /** Responses whose stream has findings of the rule, and streams without responses. */
  readonly count: Count;
}

export interface TokenSum {
  /** Null if none were reported. */
  readonly sum: Count | null;
  /** How many responses reported them. */
  readonly reported: Count;
}

/** A measure of a group, in ms or in tokens per second. */
export interface MeasureStatistics {
  /** Number of values. */
  readonly count: Count;
  /** Whether quantiles are exact; otherwise they are within the error of the sketch. */
  readonly exact: boolean;
  readonly min: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
  /** Null without values, or if all are equal. */
  readonly histogram: Histogram | null;
}

/** Counts of values in buckets whose limits grow by the same factor. */
export interface Histogram {
  /** Lower limit of the first bucket, which also counts lower values. */
  readonly from: number;
  /** Upper limit of the last bucket. */
  readonly to: number;
  readonly counts: readonly Index[];
}

/** The measures with values, in their order. */
export function measuredOnes({ all }: Statistics): readonly (typeof measures)[number][] {
  return measures.filter(({ name }) => all.measures[name].count > 0);
}

/** The kinds of tokens that were reported. */
export function reportedTokens({ all }: Statistics): readonly (typeof tokenKinds)[number][] {
  return tokenKinds.filter(({ name }) => all.tokens[name].reported > 0);
}
