import { parseExpectation } from "../../../src/check/expectation.ts";
import type { FindingTotals } from "../../../src/check/expectation-key.ts";
import { unmet, type Unmet } from "../../../src/check/unmet.ts";
import type { Report } from "../../../src/model/report.ts";

const NO_FINDINGS: FindingTotals = { rules: {}, severities: { error: 0, warning: 0, info: 0 } };

/** Compares a report with an expectation as typed; null if it is met. */
export function against(source: string, report: Report, totals: FindingTotals = NO_FINDINGS): Unmet | null {
  return unmet(parseExpectation(source), report, totals);
}

export function isMet(source: string, report: Report): boolean {
  return against(source, report) === null;
}
