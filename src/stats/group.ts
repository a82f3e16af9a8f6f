// The state of a group while rows are added. Its memory does not grow with the number of rows.
import type { Row } from "../rows/columns.ts";
import { createDistribution, type Distribution } from "./distribution.ts";
import { measuredValues, tokenCounts } from "./measured-values.ts";
import { type MeasureName, measures, type TokenKind, tokenKinds } from "./measures.ts";

/** Maximum number of rules counted by name: a file of rows may name any number. The rest is counted together. */
const MOST_RULES = 500;
const OTHER_RULES = "(other rules)";

export interface Group {
  /** The value of each key; null if unknown. */
  readonly values: readonly (string | null)[];
  /** Whether it collects all groups beyond the limit. */
  readonly isRest: boolean;
  /** Rows: responses, and streams and sources without any. */
  rows: number;
  responses: number;
  streams: number;
  failed: number;
  readonly verdicts: Map<string, number>;
  readonly measured: Readonly<Record<MeasureName, Distribution>>;
  readonly tokens: Readonly<Record<TokenKind, Sum>>;
  /** For each rule, the number of rows whose streams have findings of it. */
  readonly rules: Map<string, number>;
}

/** A sum of reported values, and how many were reported. */
export interface Sum {
  sum: number;
  reported: number;
}

export function createGroup(values: readonly (string | null)[], isRest: boolean): Group {
  return {
    values,
    isRest,
    rows: 0,
    responses: 0,
    streams: 0,
    failed: 0,
    verdicts: new Map(),
    measured: {
      firstToken: createDistribution(),
      longestGap: createDistribution(),
      silenceAtEnd: createDistribution(),
      total: createDistribution(),
      tokensPerSecond: createDistribution(),
    },
    tokens: { input: none(), cachedInput: none(), output: none(), reasoning: none(), total: none() },
    rules: new Map(),
  };
}

function none(): Sum {
  return { sum: 0, reported: 0 };
}

export function addRow(group: Group, row: Row): void {
  group.rows += 1;
  if (row.responses > 0) group.responses += 1;
  if (row.response_index === 0) group.streams += 1;
  if (row.failed) group.failed += 1;
  count(group.verdicts, row.verdict, 1);
  for (const { name } of measures) {
    const value = measuredValues[name](row);
    if (value !== null) group.measured[name].add(value);
  }
  for (const { name } of tokenKinds) {
    const value = tokenCounts[name](row);
    if (value === null) continue;
    group.tokens[name].sum += value;
    group.tokens[name].reported += 1;
  }
  for (const rule of Object.keys(row.rules)) countRule(group, rule, 1);
}

/** Adds the counts of another group. */
export function mergeGroup(group: Group, other: Group): void {
  group.rows += other.rows;
  group.responses += other.responses;
  group.streams += other.streams;
  group.failed += other.failed;
  for (const [verdict, times] of other.verdicts) count(group.verdicts, verdict, times);
  for (const { name } of measures) group.measured[name].merge(other.measured[name]);
  for (const { name } of tokenKinds) {
    group.tokens[name].sum += other.tokens[name].sum;
    group.tokens[name].reported += other.tokens[name].reported;
  }
  for (const [rule, times] of other.rules) countRule(group, rule, times);
}

function countRule({ rules }: Group, rule: string, times: number): void {
  count(rules, rules.has(rule) || rules.size < MOST_RULES ? rule : OTHER_RULES, times);
}

function count(counts: Map<string, number>, name: string, times: number): void {
  counts.set(name, (counts.get(name) ?? 0) + times);
}
