// Chooses the one finding of a stream to print if there is room for only one.
import { type Finding, severities, type Severity } from "../model/finding.ts";
import { verdictTable } from "../model/verdict.ts";
import type { Checked } from "./checked.ts";
import { isAsBadAs } from "./judge.ts";

/**
 * Why a stream fails: the finding that the verdict follows from; else the first of the worst severity, if it fails the
 * stream; null if no finding says why. For a stream that passes, the first of the worst severity. `failOn`: the lowest
 * severity that fails a stream.
 */
export function mainFindingOf(checked: Checked, failOn: Severity): Finding | null {
  if (checked.exitCode === 0) return worstOf(checked.findings, "info");
  return findingOfVerdict(checked) ?? worstOf(checked.findings, failOn);
}

function findingOfVerdict({ report, findings, exitCode }: Checked): Finding | null {
  if (report === null || verdictTable[report.verdict].exitCode !== exitCode) return null;
  const { rule } = verdictTable[report.verdict];
  return findings.find((finding) => finding.rule === rule) ?? null;
}

function worstOf(findings: readonly Finding[], least: Severity): Finding | null {
  for (const severity of severities.filter((known) => isAsBadAs(known, least))) {
    const first = findings.find((finding) => finding.severity === severity);
    if (first !== undefined) return first;
  }
  return null;
}
