// The reason why a stream fails, as one finding.
import type { Checked } from "../check/checked.ts";
import { mainFindingOf } from "../check/main-finding.ts";
import type { Finding, Severity } from "../model/finding.ts";
import { describeEnd, endOf } from "./checked-stream.ts";
import { describeFinding } from "./finding-words.ts";

export interface Reason {
  /** A rule id; the verdict if no finding gives the reason. */
  readonly title: string;
  /** Untrusted text. */
  readonly message: string;
  /** Null if no finding gives the reason. */
  readonly finding: Finding | null;
}

/**
 * The finding that gives the reason; else how the stream ended. Null if it passes. `failOn`: the lowest severity that
 * fails a stream.
 */
export function reasonOf(checked: Checked, failOn: Severity): Reason | null {
  if (checked.exitCode === 0) return null;
  const finding = mainFindingOf(checked, failOn);
  if (finding === null) return { title: endOf(checked), message: describeEnd(checked), finding };
  return { title: finding.rule, message: describeFinding(finding), finding };
}
