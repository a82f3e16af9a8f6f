// Compares a report with an expectation.
import { traitsNamed } from "../dialects/traits-named.ts";
import type { Report } from "../model/report.ts";
import { formatExactly, formatMeasured, parseDuration } from "../wording/durations.ts";
import { MatchingTooLong, matchesInTime, MOST_MATCHING_MS } from "./bounded-match.ts";
import { type Condition, cut, type Expectation, type NumberOperator, type TextOperator } from "./expectation.ts";
import type { FindingTotals, Key, Value } from "./expectation-key.ts";
import { describeTools } from "./tool-calls.ts";

/** An expectation that a stream does not meet. */
export interface Unmet {
  /** The expectation as typed, at most 200 characters. */
  readonly expected: string;
  /** The actual value in the report, at most 200 characters. Untrusted text. */
  readonly seen: string;
  /** One sentence for a person. Quotes the stream: untrusted text. */
  readonly message: string;
}

/**
 * Compares a report with an expectation; null if it is met. Every response must meet an expectation about responses;
 * for `tool`, one call is enough; with `!=`, no call may have the name. A value that was not reported meets only =null.
 */
export function unmet(expectation: Expectation, report: Report, totals: FindingTotals): Unmet | null {
  try {
    return compare(expectation, report, totals);
  } catch (error) {
    if (!(error instanceof MatchingTooLong)) throw error;
    const expected = textOf(expectation);
    const message = `expected ${expected}, but matching took longer than ${formatExactly(MOST_MATCHING_MS)} and was stopped; rewrite the pattern without repetition inside repetition`;
    return { expected, seen: "not known: matching took too long", message };
  }
}

/** Like `unmet`. Throws MatchingTooLong. */
function compare(expectation: Expectation, report: Report, totals: FindingTotals): Unmet | null {
  const { key, condition } = expectation;
  const values = key.read(report, totals);
  const expected = textOf(expectation);
  if (key.kind === "names") {
    if (namesMeet(condition, values)) return null;
    const names = values.filter((value) => typeof value === "string");
    const seen = names.length === 0 ? "none" : cut(names.join(", "));
    return { expected, seen, message: `expected ${expected}, but ${cut(describeTools(names))}` };
  }
  const index = values.findIndex((value) => !meets(condition, value));
  const value = values[index];
  if (value === undefined) return null;
  const seen = show(value, key, condition);
  const place = key.isOfResponses && values.length > 1 ? `in response ${index + 1} of ${values.length} it` : "it";
  const message = `expected ${expected}, but ${describe(value, seen, place, key)}${hintOfStatus(expectation, report)}`;
  return { expected, seen, message };
}

/** A hint for `status=completed` if the stream completed: the status is the provider's word, such as "stop". */
function hintOfStatus({ key, condition }: Expectation, { verdict }: Report): string {
  const isVerdict = condition.type === "text" && condition.operator === "=" && condition.text === verdict;
  if (key.name !== "status" || !isVerdict) return "";
  return `; use verdict=${verdict}: the status is the provider's own word`;
}

/** Describes the actual value as a clause, and says what to do. */
function describe(value: Value, seen: string, place: string, { meanings }: Key): string {
  if (typeof value === "number") return `${place} is ${seen}`;
  if (typeof value === "object") {
    const { clause, hint } = value;
    return `${cut(clause ?? `${place} is ${seen}`)}${hint === undefined ? "" : `; ${hint}`}`;
  }
  const meaning = meanings?.[value];
  return `${place} is ${JSON.stringify(seen)}${meaning === undefined ? "" : `: ${meaning}`}`;
}

/**
 * Whether a met expectation is about how the stream ended, so that its verdict does not fail the check: one about
 * `verdict`, or one about `status` if every response's verdict follows from its status. For example, a response that
 * was refused, or that an error ended, may meet `status=completed`, but its verdict still counts.
 */
export function isVerdictExpected(expectations: readonly Expectation[], report: Report): boolean {
  return expectations.some((expectation) => {
    const { key, condition } = expectation;
    if (condition.operator === "!=" || condition.type === "reported") return false;
    if (key.name !== "verdict" && key.name !== "status") return false;
    if (unmet(expectation, report, NO_FINDINGS) !== null) return false;
    return key.name === "verdict" || statusTellsVerdict(report);
  });
}

const NO_FINDINGS: FindingTotals = { rules: {}, severities: { error: 0, warning: 0, info: 0 } };

/** Whether the dialect's statuses determine the verdicts. An error of the whole stream belongs to no response. */
function statusTellsVerdict({ error, responses, dialect }: Report): boolean {
  if (error !== null) return false;
  const verdictOfStatus = traitsNamed(dialect)?.verdictOfStatus ?? {};
  return responses.every(({ status, verdict }) => status !== null && (verdictOfStatus[status] ?? verdict) === verdict);
}

/** An expectation in messages and reports: as typed, at most 200 characters. */
export function textOf({ source }: Expectation): string {
  return cut(source.trim());
}

function namesMeet(condition: Condition, names: readonly Value[]): boolean {
  if (condition.type === "reported") return (names.length === 0) === (condition.operator === "=");
  if (condition.operator === "!=") return names.every((name) => meets(condition, name));
  return names.some((name) => meets(condition, name));
}

function meets(condition: Condition, value: Value): boolean {
  switch (condition.type) {
    case "reported":
      return (typeof value === "object") === (condition.operator === "=");
    case "number":
      return typeof value === "number" && compareNumbers(value, condition.operator, condition.number);
    case "text":
      return typeof value === "string" && compareTexts(value, condition.operator, condition.text);
    case "pattern":
      return typeof value === "string" && matchesInTime(condition.pattern, value);
  }
}

function compareNumbers(value: number, operator: NumberOperator, number: number): boolean {
  switch (operator) {
    case "=":
      return value === number;
    case "!=":
      return value !== number;
    case "<":
      return value < number;
    case "<=":
      return value <= number;
    case ">":
      return value > number;
    case ">=":
      return value >= number;
  }
}

function compareTexts(value: string, operator: TextOperator, text: string): boolean {
  switch (operator) {
    case "=":
      return value === text;
    case "!=":
      return value !== text;
    case "^=":
      return value.startsWith(text);
    case "$=":
      return value.endsWith(text);
    case "*=":
      return value.includes(text);
  }
}

const SECOND_MS = 1000;

/** Formats a value. A time is rounded, unless it would then seem to meet the condition that it fails. */
function show(value: Value, { kind }: Key, condition: Condition): string {
  if (typeof value === "string") return cut(value);
  if (typeof value === "object") return value.absent;
  if (kind !== "duration") return String(value);
  const rounded = formatMeasured(value);
  // Times in minutes are truncated to seconds.
  const shownMs = parseDuration(rounded) ?? Math.floor(value / SECOND_MS) * SECOND_MS;
  return meets(condition, shownMs) ? formatExactly(value) : rounded;
}
