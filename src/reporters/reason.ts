// Why a stream fails, as one finding: what people want to read first.
import type { Checked } from "../check/checked.ts";
import { mainFindingOf } from "../check/main-finding.ts";
import type { Finding, Severity } from "../model/finding.ts";
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

/** The finding that says why; else how the stream ended. Null if it passes. `failOn`: the least severity that fails a stream. */
export function reasonOf(checked: Checked, failOn: Severity): Reason | null {
  if (checked.exitCode === 0) return null;
  const finding = mainFindingOf(checked, failOn);
  if (finding === null) return { title: endOf(checked), message: describeEnd(checked), finding };
  return { title: finding.rule, message: describeFinding(finding), finding };
}
