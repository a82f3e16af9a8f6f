// The total tokens of a stream, over all responses.
import type { Report } from "./report.ts";

/** Null if none were reported. */
export function totalTokensOf(report: Report | null): number | null {
  const totals = (report?.responses ?? []).flatMap(({ usage }) => usage?.totalTokens ?? []);
  return totals.length === 0 ? null : totals.reduce((sum, total) => sum + total, 0);
}
