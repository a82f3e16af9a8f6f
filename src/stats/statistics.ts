// The statistics as one value; `src/schemas/stats.schema.json` is generated from these types. Values that were not
// measured or not reported are null.
import type { Count, Index } from "../model/numbers.ts";
import type { GroupComparison } from "./differences.ts";
import type { Collection } from "./collect.ts";
import { type Distribution, MOST_EXACT, SKETCH_ERROR } from "./distribution.ts";
import type { Group } from "./group.ts";
import { type MeasureName, measures, type TokenKind, tokenKinds } from "./measures.ts";

export const STATS_SCHEMA = "ssescope/stats@1";

export interface Statistics {
  /** Name and version of this format. */
  readonly schema: typeof STATS_SCHEMA;
  /** What responses are grouped by. */
  readonly by: readonly string[];
  /** A signal ended the reading: the statistics cover what was read until then. */
  readonly interrupted: boolean;
  /** Sources, or reports in them, that could not be read; sources count as failures. */
  readonly unreadable: Count;
  /** How quantiles are computed. */
  readonly quantiles: QuantileMethod;
  /** All responses together. */
  readonly all: GroupStatistics;
  /** The largest group first, days in order; the rest group, if there were too many, last. */
  readonly groups: readonly GroupStatistics[];
  /** Differences from the sources of `--against`; left out without them. */
  readonly against?: GroupComparison;
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
  /** It collects all groups beyond the limit. */
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

const P50 = 0.5;
const P90 = 0.9;
const P95 = 0.95;
const P99 = 0.99;

export function statisticsOf(
  collection: Collection,
  { interrupted, unreadable }: Pick<Statistics, "interrupted" | "unreadable">,
): Statistics {
  const ranges = rangesOf(collection.all);
  const isOfDays = collection.keys[0]?.name === "day";
  const groups = [...collection.groups()].sort((a, b) => {
    const byDay = isOfDays ? (a.values[0] ?? "~").localeCompare(b.values[0] ?? "~") : 0;
    return Number(a.isRest) - Number(b.isRest) || byDay || b.rows - a.rows;
  });
  return {
    schema: STATS_SCHEMA,
    by: collection.keys.map(({ name }) => name),
    interrupted,
    unreadable,
    quantiles: { definition: "nearest-rank", exactUpTo: MOST_EXACT, sketchRelativeError: SKETCH_ERROR },
    all: groupStatistics(collection.all, ranges),
    groups: groups.map((group) => groupStatistics(group, ranges)),
  };
}

/** Limits of histograms, the same for all groups, so that groups can be compared. */
type Ranges = Readonly<Record<MeasureName, readonly [from: number, to: number] | null>>;

function rangesOf({ measured }: Group): Ranges {
  return mapMeasures((name) => {
    const { count, max } = measured[name];
    const from = measured[name].quantile(LOWEST_SHOWN);
    const to = measured[name].quantile(HIGHEST_SHOWN) ?? 0;
    if (count === 0 || from === null || max === null || max <= 0) return null;
    const positive = Math.max(from, to / WIDEST);
    return to > positive ? [positive, to] : null;
  });
}

/**
 * Buckets grow by one factor, so outliers would leave all other values in one bucket: outliers are in the outer
 * buckets.
 */
const LOWEST_SHOWN = 0.01;
const HIGHEST_SHOWN = 0.99;
const WIDEST = 1e4;
const BUCKETS = 12;

function groupStatistics(group: Group, ranges: Ranges): GroupStatistics {
  const { values, isRest, rows, responses, streams, failed, verdicts, measured, tokens, rules } = group;
  return {
    values,
    isRest,
    count: rows,
    responses,
    streams,
    failed,
    failedShare: rows === 0 ? 0 : failed / rows,
    verdicts: mostFirst(verdicts).map(([verdict, count]) => ({ verdict, count })),
    measures: mapMeasures((name) => measureStatistics(measured[name], ranges[name])),
    tokens: {
      input: sumOf(tokens.input),
      cachedInput: sumOf(tokens.cachedInput),
      output: sumOf(tokens.output),
      reasoning: sumOf(tokens.reasoning),
      total: sumOf(tokens.total),
    },
    rules: mostFirst(rules).map(([rule, count]) => ({ rule, count })),
  };
}

/** Equal counts are ordered by name. */
function mostFirst(counts: ReadonlyMap<string, number>): (readonly [name: string, count: number])[] {
  return [...counts].sort(([nameA, a], [nameB, b]) => b - a || (nameA < nameB ? -1 : 1));
}

function sumOf({ sum, reported }: Group["tokens"][TokenKind]): TokenSum {
  return { sum: reported === 0 ? null : sum, reported };
}

function measureStatistics(values: Distribution, range: Ranges[MeasureName]): MeasureStatistics {
  return {
    count: values.count,
    exact: values.isExact,
    min: rounded(values.min),
    p50: rounded(values.quantile(P50)),
    p90: rounded(values.quantile(P90)),
    p95: rounded(values.quantile(P95)),
    p99: rounded(values.quantile(P99)),
    max: rounded(values.max),
    histogram: range === null || values.count === 0 ? null : histogramOf(values, range),
  };
}

function histogramOf(values: Distribution, [from, to]: readonly [from: number, to: number]): Histogram {
  const counts = Array.from({ length: BUCKETS }, () => 0);
  const width = Math.log(to / from) / BUCKETS;
  for (const { value, count } of values.values(false)) {
    const index = value <= from ? 0 : Math.min(Math.floor(Math.log(value / from) / width), BUCKETS - 1);
    counts[index] = (counts[index] ?? 0) + count;
  }
  return { from: rounded(from), to: rounded(to), counts };
}

/** Rounds to measured precision: microseconds, or thousandths of a token per second. */
function rounded(value: number): number;
function rounded(value: number | null): number | null;
function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(DIGITS));
}

const DIGITS = 9;

function mapMeasures<T>(map: (name: MeasureName) => T): Readonly<Record<MeasureName, T>> {
  return {
    firstToken: map("firstToken"),
    longestGap: map("longestGap"),
    silenceAtEnd: map("silenceAtEnd"),
    total: map("total"),
    tokensPerSecond: map("tokensPerSecond"),
  };
}

/** The measures with values, in their order. */
export function measuredOnes({ all }: Statistics): readonly (typeof measures)[number][] {
  return measures.filter(({ name }) => all.measures[name].count > 0);
}

/** The kinds of tokens that were reported. */
export function reportedTokens({ all }: Statistics): readonly (typeof tokenKinds)[number][] {
  return tokenKinds.filter(({ name }) => all.tokens[name].reported > 0);
}
