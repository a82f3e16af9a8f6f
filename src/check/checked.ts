import type { CheckExitCode } from "../model/exit-codes.ts";
import type { Finding, Severity } from "../model/finding.ts";
import type { Report } from "../model/report.ts";

/** One stream, checked: what a reporter is given of it. A source that could not be read stands for one. */
export interface Checked {
  /** Path, `-`, or URL without its secrets. */
  readonly source: string;
  /** Null where the source could not be read. */
  readonly report: Report | null;
  /** The report's findings, and what only `check` finds: unmet expectations, no stream, an unreadable source. */
  readonly findings: readonly Finding[];
  /** How often each rule found something, also where not all findings are kept. */
  readonly findingCounts: Readonly<Record<string, number>>;
  /** All findings by severity, also those that are not kept. */
  readonly severityCounts: Readonly<Record<Severity, number>>;
  readonly exitCode: CheckExitCode;
}

/** What is known when all sources are checked. */
export interface CheckRun {
  readonly exitCode: CheckExitCode;
  /** How many streams were checked, unreadable sources among them. */
  readonly streams: number;
}
