// Judges the result of reading a source.
import type { Checked } from "../check/checked.ts";
import { type Demands, judge, judgeUnreadable } from "../check/judge.ts";
import type { Report } from "../model/report.ts";
import type { SourceResult } from "./result.ts";

/** Judges the streams of a source; a source that could not be read gives one entry. */
export function judgeResult({ name, reports, error }: SourceResult, demands: Demands): Checked[] {
  if (error !== null) return [judgeUnreadable(name, error, demands.rules)];
  return reports.map(createJudge(demands));
}

/** A source may hold millions of streams with different names; streams of the same name are close together. */
const MOST_COUNTED = 100_000;

/** Judges the streams of a source, and numbers those with the same name. */
export function createJudge(demands: Demands): (report: Report) => Checked {
  const counts = new Map<string, number>();
  return (report) => {
    const index = counts.get(report.source) ?? 0;
    counts.set(report.source, index + 1);
    for (const oldest of counts.keys()) {
      if (counts.size <= MOST_COUNTED) break;
      counts.delete(oldest);
    }
    return judge(report, demands, index);
  };
}
