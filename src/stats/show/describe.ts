// Writes the sentences above and below the tables of statistics.
import { countOf, formatCount } from "../../wording/counts.ts";
import type { MissingKey } from "../form.ts";
import { MOST_GROUPS } from "../limits.ts";
import { measuredOnes, type MeasureStatistics, type Statistics } from "../statistics.ts";
import { describeSkippedFiles } from "../skipped-files.ts";
import { formatShare, MOST_RULES, MOST_SHOWN, nameOfGroup } from "./sections.ts";
import { listSources } from "./source-names.ts";

const PERCENT = 100;

/**
 * `1,205 results (1,204 responses in 1,198 streams, 1 without a response), by model: 14 failed (1.2 %)`: the number of
 * results is the number of rows, and that of the tables.
 */
export function describeWhole({ all, by, groups }: Statistics): string {
  if (all.count === 0) return "no responses";
  const grouped = groups.length > 1 ? `, by ${by.join(" and ")}` : "";
  const failed =
    all.failed === 0 ? "none failed" : `${formatCount(all.failed)} failed (${formatShare(all.failed, all.count)})`;
  return `${describeResults(all)}${grouped}: ${failed}`;
}

function describeResults({ count, responses, streams }: Statistics["all"]): string {
  const without = count - responses;
  if (responses === 0) return `${countOf(count, "result")} without a response`;
  const withResponse = `${countOf(responses, "response")} in ${countOf(streams - without, "stream")}`;
  if (without === 0) return withResponse;
  return `${countOf(count, "result")} (${withResponse}, ${formatCount(without)} without a response)`;
}

/** Notes on the numbers, one sentence each. `tables`: whether they show the first groups and rules, or all. */
export function notesOf(statistics: Statistics, tables: "first" | "all" = "first"): readonly string[] {
  const { all, cutShort, groups, interrupted, unreadable, quantiles } = statistics;
  const isRest = groups.some((group) => group.isRest);
  const isFirst = tables === "first";
  const left = groups.length - MOST_SHOWN;
  return [
    interrupted ? "interrupted: these are the statistics so far" : null,
    unreadable === 0
      ? null
      : `${formatCount(unreadable)} ${unreadable === 1 ? "source or report" : "sources or reports"} could not be read`,
    cutShort === 0 ? null : `${countOf(cutShort, "stream")} cut by Ctrl-C or another signal: not counted`,
    describeWithoutStream(statistics),
    describeSkippedFiles(statistics.skipped),
    ...statistics.missingKeys.map(describeMissing),
    describeUnused(statistics),
    isRest
      ? `more than ${formatCount(MOST_GROUPS)} groups: responses of later ones are counted as (other groups)`
      : null,
    isFirst && all.rules.length > MOST_RULES ? describeMoreRules(all.rules.length - MOST_RULES) : null,
    isFirst && left > 0 ? describeHidden(groups.slice(MOST_SHOWN)) : null,
    measuredOnes(statistics).length === 0 && all.responses > 0
      ? "times: not recorded; --record, tap --record and HAR files keep them"
      : describeMethod(statistics, quantiles),
  ].filter((note) => note !== null);
}

/** `no stream in 2 sources, counted as failed: notes.md (text, not an event stream); gone.sse (no such file)`. Untrusted. */
function describeWithoutStream({ withoutStream }: Statistics): string | null {
  const { count } = withoutStream;
  return count === 0
    ? null
    : `no stream in ${countOf(count, "source")}, counted as failed: ${listSources(withoutStream)}`;
}

const MOST_NAMED = 3;

/** A key that reports written earlier do not have, and what has it. */
function describeMissing({ key, streams, isInRows }: MissingKey): string {
  const holders = isInRows
    ? "rows (--reporter rows), reports (--json) and captures have it"
    : "reports (--json) and captures have it";
  return `--by ${key}: unknown for ${countOf(streams, "stream")}, because the output of check does not have it; ${holders}`;
}

/** Keys without values: a typo below the second part of a key. */
function describeUnused({ by, groups, missingKeys }: Statistics): string | null {
  const explained = new Set(["model", ...missingKeys.map(({ key }) => key)]);
  const unused = by.filter(
    (name, index) => !explained.has(name) && groups.length > 0 && groups.every(({ values }) => values[index] === null),
  );
  return unused.length === 0 ? null : `--by ${unused.join(",")}: no stream has a value for it`;
}

/** `46 smaller groups not shown, 2 with failures (gpt-x 1 of 2; gpt-y 1 of 5): …`, the largest share first. */
function describeHidden(groups: Statistics["groups"]): string {
  const failing = groups.filter(({ failed }) => failed > 0).toSorted((a, b) => b.failedShare - a.failedShare);
  const named = failing
    .slice(0, MOST_NAMED)
    .map((group) => `${nameOfGroup(group)} ${formatCount(group.failed)} of ${formatCount(group.count)}`);
  const rest = failing.length > named.length ? [...named, "…"] : named;
  const failures = failing.length === 0 ? "" : `, ${formatCount(failing.length)} with failures (${rest.join("; ")})`;
  return `${countOf(groups.length, "smaller group")} not shown${failures}: --json and --format csv have all`;
}

/** `17 more rules have findings; --json lists them all.` */
function describeMoreRules(count: number): string {
  return `${countOf(count, "more rule")} ${count === 1 ? "has" : "have"} findings; --json lists them all`;
}

function describeMethod(
  { all, groups }: Statistics,
  { exactUpTo, sketchRelativeError }: Statistics["quantiles"],
): string | null {
  const measured = [all, ...groups].flatMap(({ measures }): MeasureStatistics[] => Object.values(measures));
  if (measured.every(({ count }) => count === 0)) return null;
  if (measured.every(({ exact }) => exact)) return "quantiles: exact (nearest rank)";
  const error = `within ${sketchRelativeError * PERCENT} % of the exact value`;
  return `quantiles: exact up to ${formatCount(exactUpTo)} values, above that ${error} (DDSketch)`;
}
