// Compares a report with what is demanded: returns its findings, the unmet expectations, and the exit code.
import type { UserError } from "../errors.ts";
import { type CheckExitCode, EXIT_FINDINGS, EXIT_INTERRUPTED, EXIT_OK, EXIT_USAGE } from "../model/exit-codes.ts";
import { isSourceVerdict, verdictTable } from "../model/verdict.ts";
import type { Report } from "../model/report.ts";
import { type RulePolicy, severityOf } from "../rules/policy.ts";
import { type Finding, severities, type Severity } from "../model/finding.ts";
import { describeSourceError } from "../wording/stream-error.ts";
import type { Checked } from "./checked.ts";
import type { Expectation } from "./expectation.ts";
import { EXPECTATION, type OutcomeRuleId, outcomeRules } from "./outcome-rules.ts";
import { isVerdictExpected, textOf, unmet } from "./unmet.ts";

/** What every stream must satisfy. */
export interface Demands {
  readonly rules: RulePolicy;
  readonly expectations: readonly Expectation[];
  /** Lowest severity that fails the check. */
  readonly failOn: Severity;
}

/**
 * Judges a stream. The exit code is that of its verdict if it is not 0; otherwise 1 if there is a finding at or above
 * `failOn`. A verdict does not fail the stream if it was expected, or if the user set its rule below `failOn`.
 * `streamIndex`: the stream's index in its source.
 */
export function judge(report: Report, demands: Demands, streamIndex = 0): Checked {
  const isExpected = isVerdictExpected(demands.expectations, report);
  const { rule } = verdictTable[report.verdict];
  const ofStream = report.findings.map((finding) => (isExpected && finding.rule === rule ? excuse(finding) : finding));
  const counts = { rules: report.findingCounts, severities: countBySeverity(ofStream, report.findingCounts) };
  const unmetOnes = demands.expectations
    .map((expectation) => unmet(expectation, report, counts))
    .filter((difference) => difference !== null);
  const added = [
    ...outcomesOf(report)
      .filter(({ id }) => !(isExpected && id === rule))
      .map(({ id, message }) => outcomeFinding(id, message, demands.rules)),
    ...unmetOnes.map(({ message, ...difference }) => outcomeFinding(EXPECTATION, message, demands.rules, difference)),
  ].filter((finding) => finding !== null);
  const findings = [...ofStream, ...added];
  const findingCounts = { ...report.findingCounts, ...countByRule(added) };
  const severityCounts = countBySeverity(findings, findingCounts);
  const exitCode = exitCodeOf(report, severityCounts, isExpected, demands);
  return { source: report.source, streamIndex, report, findings, findingCounts, severityCounts, exitCode };
}

/** The result for a source that could not be read. */
export function judgeUnreadable(source: string, error: UserError, rules: RulePolicy): Checked {
  const message = error.hint === null ? error.message : `${error.message}; ${error.hint}`;
  const finding = outcomeFinding("unreadable-source", message, rules);
  const findings = finding === null ? [] : [finding];
  const findingCounts = countByRule(findings);
  const severityCounts = countBySeverity(findings, findingCounts);
  return { source, streamIndex: 0, report: null, findings, findingCounts, severityCounts, exitCode: EXIT_USAGE };
}

/** All expectations without duplicates, in the form that findings have in `expected`; empty if there are none. */
export function reportedExpectations({ rules, expectations }: Demands): readonly string[] {
  return rules.overrides.get(EXPECTATION) === "off" ? [] : [...new Set(expectations.map(textOf))];
}

function exitCodeOf(
  report: Report,
  counts: Readonly<Record<Severity, number>>,
  isExpected: boolean,
  { rules, failOn }: Demands,
): CheckExitCode {
  if (report.exitCode === EXIT_INTERRUPTED || report.exitCode === EXIT_USAGE) return report.exitCode;
  const { exitCode, rule } = verdictTable[report.verdict];
  const override = rules.overrides.get(rule ?? "");
  const isExcused = isExpected || (override !== undefined && !isAsBadAs(override, failOn));
  if (!isExcused && exitCode !== EXIT_OK) return exitCode;
  return severities.some((severity) => isAsBadAs(severity, failOn) && counts[severity] > 0) ? EXIT_FINDINGS : EXIT_OK;
}

/** Whether a severity is at least as bad as another. */
export function isAsBadAs(severity: Severity | "off", other: Severity): boolean {
  return severity !== "off" && severities.indexOf(severity) <= severities.indexOf(other);
}

/** An expected error is no longer an error, but stays visible. */
function excuse(finding: Finding): Finding {
  return { ...finding, severity: "info" };
}

/** Findings from the report's error that its other findings do not cover. */
function outcomesOf({ verdict, error, exitCode, http }: Report): { id: OutcomeRuleId; message: string }[] {
  if (error === null) return [];
  const message = describeSourceError(error, http);
  if (isSourceVerdict(verdict)) return [{ id: verdictTable[verdict].rule, message }];
  return exitCode === EXIT_USAGE ? [{ id: "event-too-large", message }] : [];
}

function outcomeFinding(
  id: OutcomeRuleId,
  message: string,
  policy: RulePolicy,
  difference: Pick<Finding, "expected" | "seen"> = { expected: null, seen: null },
): Finding | null {
  const rule = outcomeRules.find((known) => known.id === id);
  const severity = rule === undefined ? "off" : severityOf(rule, policy);
  if (severity === "off") return null;
  return { rule: id, severity, event: null, line: null, offset: null, ...difference, message };
}

function countByRule(findings: readonly Finding[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { rule } of findings) counts[rule] = (counts[rule] ?? 0) + 1;
  return counts;
}

/** Counts by severity. Findings that are counted but not kept have the severity of the first one of their rule. */
function countBySeverity(
  findings: readonly Finding[],
  counts: Readonly<Record<string, number>>,
): Record<Severity, number> {
  const bySeverity: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  const ofRules = new Map<string, { readonly severity: Severity; listed: number }>();
  for (const { rule, severity } of findings) {
    bySeverity[severity] += 1;
    const ofRule = ofRules.get(rule) ?? { severity, listed: 0 };
    ofRule.listed += 1;
    ofRules.set(rule, ofRule);
  }
  for (const [rule, { severity, listed }] of ofRules) bySeverity[severity] += (counts[rule] ?? listed) - listed;
  return bySeverity;
}
