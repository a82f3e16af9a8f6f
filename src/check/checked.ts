import type { CheckExitCode, ExitCode } from "../model/exit-codes.ts";
import type { Finding, Severity } from "../model/finding.ts";
import type { Count, Index, PositiveCount } from "../model/numbers.ts";
import type { Report } from "../model/report.ts";
import type { ResponseSizes } from "./response-sizes.ts";

/** One checked stream, as reporters get it. A source that could not be read counts as one. */
export interface Checked {
  /** Path, `-` for standard input, or URL without its secrets. */
  readonly source: string;
  /** Its index among the source's streams, from 0: source and index identify a stream in every run. */
  readonly streamIndex: Index;
  /** Null if the source could not be read. */
  readonly report: Report | null;
  /**
   * What is wrong or remarkable: the report's findings and those of `check` itself (unmet expectations, not a stream, an
   * unreadable source); at most 100 for each rule.
   */
  readonly findings: readonly Finding[];
  /** How many findings each rule has. */
  readonly findingCounts: Readonly<Record<string, PositiveCount>>;
  /** How many findings there are of each severity. */
  readonly severityCounts: Readonly<Record<Severity, Count>>;
  /** The exit code of the command for this stream alone. */
  readonly exitCode: CheckExitCode;
  /** The sizes of the responses, if the report's texts and items were removed in transit; else left out. */
  readonly sizes?: readonly ResponseSizes[];
}

/** The result of checking all sources. */
export interface CheckResult {
  /** The exit code of the command: that of the worst stream. */
  readonly exitCode: ExitCode;
  /** How many streams were checked, including unreadable sources. */
  readonly streams: number;
}
