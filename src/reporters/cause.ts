// Why a stream fails: the one finding that a list of many streams names.
import type { Checked } from "../check/checked.ts";
import { type Finding, severities } from "../model/finding.ts";
import { type Verdict, verdictTable } from "../model/verdict.ts";
import { endOf } from "./checked-stream.ts";

export interface Cause {
  /** The rule; where no rule found anything, the verdict. */
  readonly rule: string;
  readonly finding: Finding | null;
  /** Rules that failed it besides. */
  readonly others: readonly string[];
}

/** The finding of the verdict, if that failed it; else the first of the worst. */
export function causeOf(checked: Checked): Cause {
  const { findings } = checked;
  const worst = severities.find((severity) => findings.some((finding) => finding.severity === severity));
  const ofWorst = findings.filter(({ severity }) => severity === worst);
  const rule = ruleOf(checked.report?.verdict ?? null);
  const finding = findings.find((each) => each.rule === rule) ?? ofWorst[0] ?? null;
  const others = new Set(ofWorst.filter(({ severity }) => severity === "error").map((each) => each.rule));
  others.delete(finding?.rule ?? "");
  return { rule: finding?.rule ?? endOf(checked), finding, others: [...others] };
}

function ruleOf(verdict: Verdict | null): string | null {
  return verdict === null ? null : verdictTable[verdict].rule;
}
