import type { CheckExitCode, ExitCode } from "../model/exit-codes.ts";
import type { Finding, Severity } from "../model/finding.ts";
import type { Count, Index, PositiveCount } from "../model/numbers.ts";
import type { Report } from "../model/report.ts";
import type { ResponseSizes } from "./response-sizes.ts";

/** One stream, checked: what a reporter is given of it. A source that could not be read stands for one. */
export interface Checked {
  /** Path, `-` for standard input, or URL without its secrets. */
  readonly source: string;
  /** Which of its source's streams it is, from 0: a source and this number name a stream wherever it is read. */
  readonly streamIndex: Index;
  /** Null where the source could not be read. */
  readonly report: Report | null;
  /**
   * What is wrong or remarkable: the report's findings and those of `check` itself (unmet expectations, not a stream, an
   * unreadable source); at most 100 for each rule.
   */
  readonly findings: readonly Finding[];
  /** How many findings each rule has, all of them. */
  readonly findingCounts: Readonly<Record<string, PositiveCount>>;
  /** How many findings there are of each severity, all of them. */
  readonly severityCounts: Readonly<Record<Severity, Count>>;
  /** The exit code of the command for this stream alone. */
  readonly exitCode: CheckExitCode;
  /** What the responses hold, where the texts and items of the report were left out on its way; else left out. */
  readonly sizes?: readonly ResponseSizes[];
}

/** What is known when all sources are checked. */
export interface CheckResult {
  /** The exit code of the command: that of the worst stream. */
  readonly exitCode: ExitCode;
  /** How many streams were checked, unreadable sources among them. */
  readonly streams: number;
}
