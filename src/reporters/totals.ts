// Totals over all streams of a run: counts, and the first stream of each exit code.
import type { Checked, CheckResult } from "../check/checked.ts";
import { EXIT_INTERRUPTED, EXIT_OK } from "../model/exit-codes.ts";
import { UNREADABLE, verdicts, verdictTable } from "../model/verdict.ts";
import { severities, type Severity } from "../model/finding.ts";
import { countOf, formatCount } from "../wording/counts.ts";
import { cutWithSize } from "../wording/cut.ts";
import { endOf, nameOf } from "./checked-stream.ts";

export interface Totals {
  add(checked: Checked): void;
  /** All findings, including those that are not kept. */
  readonly severityCounts: Readonly<Record<Severity, number>>;
  /** How many streams have an exit code other than 0. */
  readonly failing: number;
  /** Warnings of streams that pass. */
  readonly hiddenWarnings: number;
  /** `12 streams: 10 completed, 2 truncated`. */
  describeStreams(): string;
  /** `18 of 292 streams fail` and `4 failed, 7 completed with errors`. */
  describeFailing(): readonly [count: string, ends: string];
  /** `the worst: b.sse, truncated, exit 5`, naming the decisive stream; or `exit 0`. Untrusted text. */
  describeExit(result: CheckResult): string;
}

const ENDS = [...verdicts, UNREADABLE];
/** One name is kept for each exit code. */
const LONGEST_NAME = 200;

/** Sums up the streams that are added; keeps a few numbers and names, for any number of streams. */
export function createTotals(): Totals {
  let streams = 0;
  let failing = 0;
  let hiddenWarnings = 0;
  const failingEnds = new Map<string, number>();
  const severityCounts = { error: 0, warning: 0, info: 0 };
  const endCounts = new Map<string, number>();
  const firstOf = new Map<number, string>();
  return {
    severityCounts,
    get failing() {
      return failing;
    },
    get hiddenWarnings() {
      return hiddenWarnings;
    },
    add(checked) {
      const end = endOf(checked);
      streams += 1;
      endCounts.set(end, (endCounts.get(end) ?? 0) + 1);
      for (const severity of severities) severityCounts[severity] += checked.severityCounts[severity];
      const { exitCode } = checked;
      if (exitCode === EXIT_OK) hiddenWarnings += checked.severityCounts.warning;
      else {
        failing += 1;
        const failed = describeFailed(checked);
        failingEnds.set(failed, (failingEnds.get(failed) ?? 0) + 1);
      }
      if (!firstOf.has(exitCode)) firstOf.set(exitCode, `${cutWithSize(nameOf(checked), LONGEST_NAME)}, ${end}`);
    },
    describeStreams() {
      const ends = ENDS.map((end) => ({ end, count: endCounts.get(end) ?? 0 })).filter(({ count }) => count > 0);
      const list = ends.map(({ end, count }) => `${formatCount(count)} ${end}`).join(", ");
      return `${countOf(streams, "stream")}${list === "" ? "" : `: ${list}`}`;
    },
    describeFailing() {
      const ends = [...failingEnds].sort(([, a], [, b]) => b - a);
      const list = ends.map(([end, count]) => `${formatCount(count)} ${end}`).join(", ");
      return [`${formatCount(failing)} of ${countOf(streams, "stream")} fail${failing === 1 ? "s" : ""}`, list];
    },
    describeExit({ exitCode }) {
      const first = exitCode === 0 ? undefined : firstOf.get(exitCode);
      return `${first === undefined ? "" : `the worst: ${first}, `}exit ${exitCode}`;
    },
  };
}

/** `truncated`; `completed with errors` for one that ended well. */
function describeFailed(checked: Checked): string {
  const end = endOf(checked);
  const isWell = end !== UNREADABLE && verdictTable[end].exitCode === EXIT_OK;
  if (!isWell || checked.exitCode === EXIT_INTERRUPTED) return end;
  const worst = severities.find((severity) => checked.severityCounts[severity] > 0);
  return worst === undefined ? end : `${end} with ${worst}s`;
}

/** `3 errors, 1 warning`; `no findings` if there are none. */
export function describeCounts(counts: Readonly<Record<Severity, number>>): string {
  const parts = severities.filter((severity) => counts[severity] > 0).map((name) => countOf(counts[name], name));
  return parts.join(", ") || "no findings";
}
