// A collection in, its statistics out.
import type { Collection } from "./collect.ts";
import { type Distribution, MOST_EXACT, SKETCH_ERROR } from "./distribution.ts";
import type { Group } from "./group.ts";
import { NONE_SKIPPED } from "./skipped-files.ts";
import type { MeasureName, TokenKind } from "./measures.ts";
import {
  type GroupStatistics,
  type Histogram,
  type MeasureStatistics,
  STATS_SCHEMA,
  type Statistics,
  type TokenSum,
} from "./statistics.ts";

const P50 = 0.5;
const P90 = 0.9;
const P95 = 0.95;
const P99 = 0.99;

export function statisticsOf(
  collection: Collection,
  {
    interrupted,
    unreadable,
    skipped = NONE_SKIPPED,
  }: Pick<Statistics, "interrupted" | "unreadable"> & Partial<Pick<Statistics, "skipped">>,
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
    withoutStream: collection.withoutStream,
    cutShort: collection.cutShort,
    skipped,
    missingKeys: collection.missingKeys,
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
