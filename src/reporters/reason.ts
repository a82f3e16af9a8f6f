// Why a stream fails, as one finding: what people want to read first.
import type { Checked } from "../check/checked.ts";
import { isAsBadAs } from "../check/judge.ts";
import { type Finding, severities, type Severity } from "../model/finding.ts";
import { verdictTable } from "../model/verdict.ts";
import { describeEnd, endOf } from "./checked-stream.ts";
import { describeFinding } from "./finding-words.ts";

export interface Reason {
  /** The id of a rule; the verdict if no finding says why. */
  readonly title: string;
  /** Untrusted text. */
  readonly message: string;
  /** Null if no finding says why. */
  readonly finding: Finding | null;
}

/**
 * The finding that the verdict follows from; else the first of the worst severity, if it fails the stream; else how the
 * stream ended. Null if it passes. `failOn`: the least severity that fails a stream.
 */
export function reasonOf(checked: Checked, failOn: Severity): Reason | null {
  if (checked.exitCode === 0) return null;
  const finding = findingOfVerdict(checked) ?? worstOf(checked.findings, failOn);
  if (finding === null) return { title: endOf(checked), message: describeEnd(checked), finding };
  return { title: finding.rule, message: describeFinding(finding), finding };
}

function findingOfVerdict({ report, findings, exitCode }: Checked): Finding | null {
  if (report === null || verdictTable[report.verdict].exitCode !== exitCode) return null;
  const { rule } = verdictTable[report.verdict];
  return findings.find((finding) => finding.rule === rule) ?? null;
}

function worstOf(findings: readonly Finding[], failOn: Severity): Finding | null {
  for (const severity of severities.filter((known) => isAsBadAs(known, failOn))) {
    const first = findings.find((finding) => finding.severity === severity);
    if (first !== undefined) return first;
  }
  return null;
}
