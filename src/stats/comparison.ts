// Compares two collections, group by group: the differences, and whether they exceed the noise.
import type { Collection } from "./collect.ts";
import type { GroupComparison, GroupDifference, Judgement, NothingCompared, Summary } from "./differences.ts";
import type { Distribution } from "./distribution.ts";
import type { Group } from "./group.ts";
import { FEWEST } from "./limits.ts";
import { type MeasureName, measures } from "./measures.ts";
import { changeOf, growthOf, quantileChange } from "./quantile-change.ts";
import { groupsByName, type NamedGroups } from "./same-groups.ts";
import { fisher } from "./tests/fisher.ts";
import { holm } from "./tests/holm.ts";
import { mannWhitney } from "./tests/mann-whitney.ts";
import { tailTest } from "./tests/tail.ts";

/** The chance of even one false alarm among all differences called significant. */
export const LEVEL = 0.05;
/** Where the tail begins: one value in twenty. */
const TAIL = 0.95;
/**
 * Minimum effect of a difference that is worse or better, not only significant: with very many values even a
 * millisecond is significant. The smallest Cliff's delta that is not negligible (Romano et al. 2006); for tails, a
 * difference of shares.
 */
const LEAST_DELTA = 0.147;
const LEAST_TAIL_DIFFERENCE = 0.02;
/** At least one quantile must change by this share: if times hardly vary, even 0.1 ms gives a large delta. */
const LEAST_CHANGE = 0.01;

/** Compares the later collection with the earlier one, by groups of the same values. */
export function compareCollections(before: Collection, after: Collection): GroupComparison {
  const [earlier, later] = groupsByName(before, after);
  const tests: Tested[] = [];
  for (const [name, { values, group }] of later) {
    const counterpart = earlier.get(name);
    if (counterpart !== undefined) tests.push(...testsOf(values, counterpart.group, group));
  }
  const corrected = holm(tests.flatMap(({ p }) => p ?? []));
  let next = 0;
  const differences = tests.map(({ p, judge }) => judge(p === null ? null : (corrected[next++] ?? 1)));
  return {
    level: LEVEL,
    tests: corrected.length,
    nothingCompared: corrected.length > 0 ? null : reasonOf(before, after, differences),
    withoutStream: { before: before.withoutStream, after: after.withoutStream },
    worse: differences.filter(({ judgement }) => judgement === "worse").length,
    better: differences.filter(({ judgement }) => judgement === "better").length,
    differences: differences.sort(
      (a, b) => ORDER.indexOf(a.judgement) - ORDER.indexOf(b.judgement) || (a.p ?? 1) - (b.p ?? 1),
    ),
    onlyBefore: onlyIn(earlier, later),
    onlyAfter: onlyIn(later, earlier),
  };
}

/** The values of the groups that the other side does not have: the largest first, then by name. */
function onlyIn(here: NamedGroups, there: NamedGroups): readonly (readonly (string | null)[])[] {
  return [...here]
    .filter(([name]) => !there.has(name))
    .toSorted(([a, { group: some }], [b, { group: others }]) => others.rows - some.rows || (a < b ? -1 : 1))
    .map(([, { values }]) => values);
}

/** The reason why no test was made. */
function reasonOf(before: Collection, after: Collection, differences: readonly GroupDifference[]): NothingCompared {
  if (before.hasNoStreams) return "empty-before";
  if (after.hasNoStreams) return "empty-after";
  if (differences.length === 0) return "no-common-group";
  return differences.every(({ judgement }) => judgement === "too-few") ? "too-few" : "nothing-measured";
}

const ORDER: readonly Judgement[] = ["worse", "better", "negligible", "not-significant", "too-few"];

/** A test, and its result once the p value is corrected; null if none was made. */
interface Tested {
  readonly p: number | null;
  readonly judge: (corrected: number | null) => GroupDifference;
}

function testsOf(values: Group["values"], before: Group, after: Group): readonly Tested[] {
  const ofMeasures = measures.flatMap(({ name, worse }) => {
    const [a, b] = [before.measured[name], after.measured[name]];
    return a.count === 0 || b.count === 0 ? [] : testMeasure(values, name, worse === "more", a, b);
  });
  const rules = new Set([...before.rules.keys(), ...after.rules.keys()]);
  const ofRules = [...rules].map((rule) => {
    return testShare(
      values,
      rule,
      [before.rules.get(rule) ?? 0, before.rows],
      [after.rules.get(rule) ?? 0, after.rows],
    );
  });
  return [...ofMeasures, testShare(values, null, [before.failed, before.rows], [after.failed, after.rows]), ...ofRules];
}

function testMeasure(
  values: Group["values"],
  measure: MeasureName,
  isMoreWorse: boolean,
  before: Distribution,
  after: Distribution,
): readonly Tested[] {
  const hasEnough = before.count >= FEWEST && after.count >= FEWEST;
  // Both sides in bins, or neither: otherwise equal values would differ.
  const inBins = !before.isExact || !after.isExact;
  const [a, b] = [before.values(inBins), after.values(inBins)];
  const whole = hasEnough ? mannWhitney(a, b) : null;
  const ofWhole: Tested = {
    p: whole?.p ?? null,
    judge(p) {
      const superiority = whole?.superiority ?? null;
      const delta = superiority === null ? 0 : 2 * superiority - 1;
      const mostChanged = superiority === null ? null : changeOf(before, after, delta < 0);
      const isVisible = mostChanged !== null && Math.abs(growthOf(mostChanged)) >= LEAST_CHANGE;
      return {
        type: "values",
        test: "mann-whitney-u",
        values,
        measure,
        judgement: judgementOf(p, delta > 0 === isMoreWorse, Math.abs(delta) >= LEAST_DELTA && isVisible),
        p,
        superiority,
        mostChanged,
        before: summaryOf(before),
        after: summaryOf(after),
      };
    },
  };
  if (!hasEnough) return [ofWhole];
  const tail = isMoreWorse ? tailTest(a, b, TAIL) : tailTest(mirrored(a), mirrored(b), TAIL);
  const [tailBefore, tailAfter] = [tail.a, tail.b].map(({ hits, of }) => ({ count: hits, of }));
  const ofTail: Tested = {
    p: tail.p,
    judge(p) {
      const [shareBefore, shareAfter] = [tail.a.hits / tail.a.of, tail.b.hits / tail.b.of];
      const difference = shareAfter - shareBefore;
      // Halfway between the shares, one side is in the tail and the other is not.
      const halfway = (shareBefore + shareAfter) / 2;
      const quantile = isMoreWorse ? 1 - halfway : halfway;
      const isVisible = Math.abs(growthOf(quantileChange(quantile, before, after))) >= LEAST_CHANGE;
      return {
        type: "tail",
        test: "fisher-exact",
        values,
        measure,
        judgement: judgementOf(p, difference > 0, Math.abs(difference) >= LEAST_TAIL_DIFFERENCE && isVisible),
        p,
        beyond: Math.abs(tail.beyond),
        inclusive: tail.isInclusive,
        before: tailBefore ?? { count: 0, of: 0 },
        after: tailAfter ?? { count: 0, of: 0 },
      };
    },
  };
  return [ofWhole, ofTail];
}

/** The same values, negated and in ascending order, so that small values become large ones. */
function mirrored(values: ReturnType<Distribution["values"]>): ReturnType<Distribution["values"]> {
  return values.map(({ value, count }) => ({ value: -value, count })).toReversed();
}

function testShare(
  values: Group["values"],
  rule: string | null,
  [hitsBefore, ofBefore]: readonly [hits: number, of: number],
  [hitsAfter, ofAfter]: readonly [hits: number, of: number],
): Tested {
  const hasEnough = ofBefore >= FEWEST && ofAfter >= FEWEST;
  // If nothing happened on either side, there is nothing to test, and no test to correct for.
  const isTested = hasEnough && hitsBefore + hitsAfter > 0;
  return {
    p: isTested ? fisher({ hits: hitsBefore, of: ofBefore }, { hits: hitsAfter, of: ofAfter }) : null,
    judge: (p) => ({
      type: "share",
      test: "fisher-exact",
      values,
      rule,
      judgement:
        p === null && hasEnough ? "not-significant" : judgementOf(p, hitsAfter / ofAfter > hitsBefore / ofBefore, true),
      p,
      before: { count: hitsBefore, of: ofBefore },
      after: { count: hitsAfter, of: ofAfter },
    }),
  };
}

function judgementOf(p: number | null, isWorse: boolean, isLarge: boolean): Judgement {
  if (p === null) return "too-few";
  if (p >= LEVEL) return "not-significant";
  if (!isLarge) return "negligible";
  return isWorse ? "worse" : "better";
}

function summaryOf(values: Distribution): Summary {
  return { count: values.count, p50: values.quantile(0.5), p95: values.quantile(TAIL) };
}
