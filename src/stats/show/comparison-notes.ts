// Notes on a comparison: groups on one side only, which comparisons were not tested and why, and the tests made.
import { countOf, formatCount } from "../../wording/counts.ts";
import type { GroupComparison, GroupDifference } from "../differences.ts";
import { FEWEST } from "../limits.ts";
import { whatOf } from "./differences.ts";
import { nameOfGroup } from "./sections.ts";

const MOST_NAMES = 5;

/** Sentences. Untrusted text. */
export function comparisonNotes(comparison: GroupComparison): readonly string[] {
  const { differences, tests, nothingCompared } = comparison;
  // If a side has no streams, its absent groups say nothing.
  const isOneSided = nothingCompared === "empty-before" || nothingCompared === "empty-after";
  const { onlyBefore, onlyAfter } = isOneSided ? { onlyBefore: [], onlyAfter: [] } : comparison;
  const hasTimes = differences.some(({ type }) => type !== "share");
  const negligible = differences.filter(({ judgement }) => judgement === "negligible").length;
  return [
    onlyAfter.length === 0 ? null : `only after: ${namesOf(onlyAfter)}`,
    onlyBefore.length === 0 ? null : `only before: ${namesOf(onlyBefore)}`,
    negligible === 0 ? null : `${countOf(negligible, "difference")} significant, but negligible`,
    // Without tests, the first sentence of the comparison says why.
    tests === 0 ? null : describeUntested(differences),
    describeFew(differences),
    tests === 0 || hasTimes ? null : "times: not compared, because no group has them on both sides",
    tests === 0 ? null : "tests: Mann-Whitney U for times, Fisher's exact for shares and tails; p corrected (Holm)",
  ].filter((note) => note !== null);
}

function namesOf(groups: GroupComparison["onlyAfter"]): string {
  return listed(groups.map((values) => nameOfGroup({ values, isRest: false })));
}

/** The first names, and how many more there are. */
function listed(names: readonly string[]): string {
  const left = names.length - MOST_NAMES;
  return [...names.slice(0, MOST_NAMES), ...(left > 0 ? [`and ${formatCount(left)} more`] : [])].join("; ");
}

/** `9 of 17 comparisons not tested: …`: with the tests, these are all comparisons. */
function describeUntested(differences: readonly GroupDifference[]): string | null {
  const untested = differences.filter(({ p }) => p === null).length;
  if (untested === 0) return null;
  const few = fewOf(differences).length;
  const reasons = [
    { count: few, words: `fewer than ${FEWEST} values on a side` },
    { count: untested - few, words: "no failures on either side" },
  ].filter(({ count }) => count > 0);
  const described = reasons.map(({ count, words }) =>
    reasons.length === 1 ? words : `${formatCount(count)} with ${words}`,
  );
  const all = countOf(differences.length, "comparison");
  return `${formatCount(untested)} of ${all} not tested: ${described.join(", ")}`;
}

/**
 * `fewer than 8 values: m-2 (4 before, 9 after); m-1 total (12 before, 6 after)`: groups, and measures of groups with
 * enough responses; the most values first.
 */
function describeFew(differences: readonly GroupDifference[]): string | null {
  const few = fewOf(differences);
  if (few.length === 0) return null;
  const groups = new Set(few.filter(isOfAll).map(({ values }) => JSON.stringify(values)));
  const named = few
    .filter((each) => isOfAll(each) || !groups.has(JSON.stringify(each.values)))
    .toSorted((a, b) => totalOf(b) - totalOf(a));
  const names = named.map((each) => {
    const group = nameOfGroup({ values: each.values, isRest: false });
    const [before, after] = countsOf(each).map(formatCount);
    return `${isOfAll(each) ? group : `${group} ${whatOf(each)}`} (${before} before, ${after} after)`;
  });
  return `fewer than ${FEWEST} values: ${listed(names)}`;
}

function fewOf(differences: readonly GroupDifference[]): readonly GroupDifference[] {
  return differences.filter(({ judgement }) => judgement === "too-few");
}

/** Whether it is about all results of its group. */
function isOfAll(difference: GroupDifference): boolean {
  return difference.type === "share" && difference.rule === null;
}

/** The number of values before and after. */
function countsOf({ type, before, after }: GroupDifference): readonly number[] {
  return type === "values" ? [before.count, after.count] : [before.of, after.of];
}

function totalOf(difference: GroupDifference): number {
  return countsOf(difference).reduce((sum, count) => sum + count, 0);
}
