// Describes the results of a comparison in words.
import { countOf, formatCount } from "../../wording/counts.ts";
import type { GroupComparison, GroupDifference, Judgement, NothingCompared } from "../differences.ts";
import { FEWEST } from "../limits.ts";
import type { QuantileChange } from "../quantile-change.ts";
import { measures } from "../measures.ts";
import { formatMeasure, formatShare, nameOfGroup } from "./sections.ts";
import { listSources } from "./source-names.ts";

const PERCENT = 100;

/** `2 worse, 1 better in 24 tests (overall false-alarm risk: 5 %)`. Untrusted text. */
export function describeComparison(comparison: GroupComparison): string {
  const { worse, better, tests, level, nothingCompared } = comparison;
  if (nothingCompared !== null) {
    return `nothing could be compared: ${REASONS[nothingCompared]}${describeEmptySide(comparison)}`;
  }
  const found =
    worse + better === 0
      ? "no significant difference"
      : [worse > 0 ? `${formatCount(worse)} worse` : null, better > 0 ? `${formatCount(better)} better` : null]
          .filter((part) => part !== null)
          .join(", ");
  return `${found} in ${countOf(tests, "test")} (overall false-alarm risk: ${level * PERCENT} %)`;
}

/** The sources of a side without streams, and why; empty if it has none, or if both sides have streams. */
function describeEmptySide({ nothingCompared, withoutStream: { before, after } }: GroupComparison): string {
  const side = nothingCompared === "empty-before" ? before : nothingCompared === "empty-after" ? after : null;
  return side === null || side.count === 0 ? "" : `: ${listSources(side)}`;
}

const REASONS: Readonly<Record<NothingCompared, string>> = {
  "empty-before": "the sources of --against have no streams; check their paths",
  "empty-after": "the sources have no streams; check their paths",
  "no-common-group": "no group is on both sides; group by a key that both sides have, or use --by all",
  "too-few": `every group has fewer than ${FEWEST} values on a side; give more streams, or use --by all`,
  "nothing-measured": "no times to compare, and no failures or findings on either side",
};

/** One difference: its group, its subject, and its change. Untrusted text. */
export interface DifferenceWords {
  readonly judgement: Judgement;
  readonly group: string;
  readonly what: string;
  readonly change: string;
}

export function wordsOf(difference: GroupDifference): DifferenceWords {
  const { judgement, values } = difference;
  return {
    judgement,
    group: nameOfGroup({ values, isRest: false }),
    what: whatOf(difference),
    change: `${changeOf(difference)}${difference.p === null ? "" : `, ${formatP(difference.p)}`}`,
  };
}

/** The measure, the rule or `failed`; for a tail, with its limit. Untrusted text. */
export function whatOf(difference: GroupDifference): string {
  if (difference.type === "share") return difference.rule ?? "failed";
  const { title } = measureOf(difference.measure);
  if (difference.type === "values") return title;
  const { worse } = measureOf(difference.measure);
  const [orMore, more] = worse === "less" ? ["≤", "<"] : ["≥", ">"];
  return `${title} ${difference.inclusive ? orMore : more} ${valueOf(difference.measure, difference.beyond)}`;
}

function changeOf(difference: GroupDifference): string {
  const changes = changesOf(difference).map(({ name, before, after, growth }) => {
    return `${name === null ? "" : `${name} `}${before.text} → ${after.text}${growth === "" ? "" : ` (${growth})`}`;
  });
  const effect = effectOf(difference);
  return [...changes, ...(effect === null ? [] : [effect])].join(", ");
}

/** One number on both sides. */
export interface Change {
  /** The quantile; null for a share. */
  readonly name: string | null;
  readonly before: ChangedNumber;
  readonly after: ChangedNumber;
  /** `+28 %`; empty if it is not shown. */
  readonly growth: string;
}

export interface ChangedNumber {
  /** In ms or tokens/s, or a share from 0 to 1. */
  readonly value: number | null;
  readonly text: string;
}

/** What changed, the most important number first. */
export function changesOf(difference: GroupDifference): readonly Change[] {
  if (difference.type !== "values") {
    const [before, after] = [difference.before, difference.after].map(({ count, of }) => ({
      value: of === 0 ? 0 : count / of,
      text: `${formatShare(count, of)} (${formatCount(count)} of ${formatCount(of)})`,
    }));
    return before === undefined || after === undefined ? [] : [{ name: null, before, after, growth: "" }];
  }
  const { measure, before, after, mostChanged } = difference;
  const isMedianMoved = mostChanged === null || isVisible(before.p50, after.p50, mostChanged);
  const shown = isMedianMoved ? { quantile: P50, before: before.p50, after: after.p50 } : mostChanged;
  const numberOf = (value: number | null): ChangedNumber => ({ value, text: valueOf(measure, value) });
  const most: Change = {
    name: `p${Math.round(shown.quantile * PERCENT)}`,
    before: numberOf(shown.before),
    after: numberOf(shown.after),
    growth: growthOf(shown.before, shown.after),
  };
  if (shown.quantile === P95) return [most];
  return [most, { name: "p95", before: numberOf(before.p95), after: numberOf(after.p95), growth: "" }];
}

/** `larger in 78 % of pairs`; null for shares, and if no test was made. */
export function effectOf(difference: GroupDifference): string | null {
  if (difference.type !== "values" || difference.superiority === null) return null;
  return `larger in ${Math.round(difference.superiority * PERCENT)} % of pairs`;
}

const P50 = 0.5;
const P95 = 0.95;
const LEAST_PERCENT = 1;

/** Whether the medians differ by 1 % or more, in the same direction as the quantile that changed most. */
function isVisible(before: number | null, after: number | null, most: QuantileChange): boolean {
  if (before === null || after === null || after > before !== most.after > most.before) return false;
  return Math.abs(after - before) * PERCENT >= LEAST_PERCENT * Math.max(before, 1);
}

/** `+28 %`. */
function growthOf(before: number | null, after: number | null): string {
  if (before === null || after === null || before === 0) return "";
  const percent = Math.round((after / before - 1) * PERCENT);
  return `${percent >= 0 ? "+" : "−"}${formatCount(Math.abs(percent))} %`;
}

function valueOf(
  measure: GroupDifference extends infer D ? (D extends { measure: infer M } ? M : never) : never,
  value: number | null,
): string {
  return formatMeasure(value, measureOf(measure).unit);
}

function measureOf(name: string): (typeof measures)[number] {
  return measures.find((measure) => measure.name === name) ?? measures[0];
}

const LEAST_P = 0.001;

/** `p = 0.03`, `p < 0.001`. */
export function formatP(p: number): string {
  return p < LEAST_P ? `p < ${LEAST_P}` : `p = ${p.toFixed(p < 0.01 ? 4 : 2)}`;
}
