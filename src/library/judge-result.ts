// What was read of a source, judged.
import type { Checked } from "../check/checked.ts";
import { type Demands, judge, judgeUnreadable } from "../check/judge.ts";
import type { SourceResult } from "./result.ts";

/** Judges the streams of a source; one entry stands for a source that could not be read. */
export function judgeResult({ name, reports, error }: SourceResult, demands: Demands): Checked[] {
  if (error !== null) return [judgeUnreadable(name, error, demands.rules)];
  return reports.map((report) => judge(report, demands));
}
