// The tokens of a stream, all responses together.
import type { Report } from "./report.ts";

/** Null: none were reported. */
export function totalTokensOf(report: Report | null): number | null {
  const totals = (report?.responses ?? []).flatMap(({ usage }) => usage?.totalTokens ?? []);
  return totals.length === 0 ? null : totals.reduce((sum, total) => sum + total, 0);
}
