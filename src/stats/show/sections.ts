// The statistics as tables, which a page, Markdown and HTML each show in their own way.
import { sparkline } from "../../views/sparkline.ts";
import { formatCount } from "../../wording/counts.ts";
import { formatMeasured } from "../../wording/durations.ts";
import {
  type GroupStatistics,
  type Histogram,
  measuredOnes,
  type MeasureStatistics,
  reportedTokens,
  type Statistics,
} from "../statistics.ts";

export interface Section {
  readonly title: string;
  /** The first column names the row and gets the remaining width. */
  readonly head: readonly ColumnHead[];
  readonly rows: readonly TableRow[];
}

export interface ColumnHead {
  readonly text: string;
  readonly align: "left" | "right";
  /** Columns with a larger rank are dropped first; rank 0 always stays. */
  readonly rank: number;
}

export interface TableRow {
  /** Untrusted text. */
  readonly cells: readonly string[];
  readonly isBad: boolean;
}

/** Maximum number of rules shown, most frequent first. */
export const MOST_RULES = 10;
/** Maximum rows of a table; the machine formats have all. */
export const MOST_SHOWN = 30;
const UNKNOWN = "(unknown)";
/** A number that was not reported or not measured. */
export const NONE = "-";

/** The name of a group. Untrusted text. */
export function nameOfGroup({ values, isRest }: Pick<GroupStatistics, "values" | "isRest">): string {
  if (isRest) return "(other groups)";
  return values.length === 0 ? "all" : values.map((value) => value ?? UNKNOWN).join(", ");
}

/** The tables that have at least one row. */
export function sectionsOf(statistics: Statistics): readonly Section[] {
  const { groups, all } = statistics;
  const isOne = groups.length <= 1;
  const shown = groups.slice(0, MOST_SHOWN);
  const named = isOne ? shown : [...shown, all];
  return [
    outcomeSection(statistics, named),
    ...(isOne
      ? [oneGroupSection(statistics)]
      : measuredOnes(statistics).map((measure) => measureSection(measure, statistics, named))),
    tokenSection(statistics, named),
    ruleSection(statistics),
  ].filter(({ rows }) => rows.length > 0);
}

function name(text: string): ColumnHead {
  return { text, align: "left", rank: 0 };
}

function number(text: string, rank: number): ColumnHead {
  return { text, align: "right", rank };
}

function row(cells: readonly string[], isBad = false): TableRow {
  return { cells, isBad };
}

function nameIn(group: GroupStatistics, { all }: Statistics): string {
  return group === all ? "all" : nameOfGroup(group);
}

function outcomeSection(statistics: Statistics, groups: readonly GroupStatistics[]): Section {
  return {
    title: statistics.by.join(", "),
    head: [name("group"), number("count", 0), number("failed", 0), { text: "verdicts", align: "left", rank: 0 }],
    rows: groups.map((group) =>
      row(
        [
          nameIn(group, statistics),
          formatCount(group.count),
          formatShare(group.failed, group.count),
          group.verdicts.map(({ verdict, count }) => `${verdict} ${formatCount(count)}`).join(", "),
        ],
        group.failed > 0,
      ),
    ),
  };
}

const QUANTILES = [number("p50", 0), number("p90", 2), number("p95", 0), number("p99", 1), number("max", 3)];
const PICTURE: ColumnHead = { text: "spread", align: "left", rank: 4 };

function measureSection(
  { name: key, title, unit }: ReturnType<typeof measuredOnes>[number],
  statistics: Statistics,
  groups: readonly GroupStatistics[],
): Section {
  return {
    title,
    head: [name("group"), number("n", 0), ...QUANTILES, PICTURE],
    rows: groups
      .filter(({ measures }) => measures[key].count > 0)
      .map((group) => row([nameIn(group, statistics), ...cellsOf(group.measures[key], unit)])),
  };
}

/** For one group, all measures in one table. */
function oneGroupSection(statistics: Statistics): Section {
  return {
    title: "times",
    head: [name("measure"), number("n", 0), ...QUANTILES, PICTURE],
    rows: measuredOnes(statistics).map(({ name: key, title, unit }) =>
      row([title, ...cellsOf(statistics.all.measures[key], unit)]),
    ),
  };
}

type Unit = ReturnType<typeof measuredOnes>[number]["unit"];

function cellsOf({ count, p50, p90, p95, p99, max, histogram }: MeasureStatistics, unit: Unit): readonly string[] {
  const numbers = [p50, p90, p95, p99, max].map((value) => formatMeasure(value, unit));
  return [formatCount(count), ...numbers, pictureOf(histogram)];
}

export function formatMeasure(value: number | null, unit: Unit): string {
  if (value === null) return NONE;
  return unit === "ms" ? formatMeasured(value) : value.toFixed(value < HUNDRED ? 1 : 0);
}

const HUNDRED = 100;

function pictureOf(histogram: Histogram | null): string {
  return histogram === null ? "" : sparkline(histogram.counts);
}

function tokenSection(statistics: Statistics, groups: readonly GroupStatistics[]): Section {
  const kinds = reportedTokens(statistics);
  return {
    title: "tokens",
    head: [name("group"), number("reported", 1), ...kinds.map(({ title }) => number(title, title === "total" ? 0 : 2))],
    rows: groups
      .filter(({ tokens }) => kinds.some((kind) => tokens[kind.name].reported > 0))
      .map((group) => {
        const reported = Math.max(...kinds.map((kind) => group.tokens[kind.name].reported));
        const sums = kinds.map((kind) => group.tokens[kind.name].sum);
        return row([
          nameIn(group, statistics),
          formatCount(reported),
          ...sums.map((sum) => (sum === null ? NONE : formatCount(sum))),
        ]);
      }),
  };
}

function ruleSection({ all, groups }: Statistics): Section {
  const isOne = groups.length <= 1;
  return {
    title: "findings",
    head: [
      name("rule"),
      number("count", 0),
      number("share", 0),
      ...(isOne ? [] : [{ text: "most in", align: "left", rank: 0 } as const]),
    ],
    rows: all.rules.slice(0, MOST_RULES).map(({ rule, count }) => {
      const cells = [rule, formatCount(count), formatShare(count, all.count)];
      return row(isOne ? cells : [...cells, describeMost(rule, groups)]);
    }),
  };
}

/** `gateway-b: 18 of 200 (9 %)`. */
function describeMost(rule: string, groups: readonly GroupStatistics[]): string {
  const most = groupWithMost(rule, groups);
  if (most === null) return "";
  const { group, count } = most;
  return `${nameOfGroup(group)}: ${formatCount(count)} of ${formatCount(group.count)} (${formatShare(count, group.count)})`;
}

/** The group in which a rule has the largest share; null if none has any. */
export function groupWithMost(
  rule: string,
  groups: readonly GroupStatistics[],
): { readonly group: GroupStatistics; readonly count: number } | null {
  let most: { readonly group: GroupStatistics; readonly count: number } | null = null;
  for (const group of groups) {
    const count = group.rules.find((known) => known.rule === rule)?.count ?? 0;
    if (count > 0 && (most === null || count / group.count > most.count / most.group.count)) most = { group, count };
  }
  return most;
}

/** `1.2 %`; a share above 0 and below a tenth is `<0.1 %`. */
export function formatShare(count: number, of: number): string {
  if (count === 0 || of === 0) return "0 %";
  const percent = (count / of) * HUNDRED;
  if (percent < TENTH) return "<0.1 %";
  // Less than all is not rounded up to all.
  if (count < of && percent > HUNDRED - TENTH) return ">99.9 %";
  return `${percent < TEN ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}

const TENTH = 0.1;
const TEN = 10;
