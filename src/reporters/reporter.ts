import type { Checked, CheckResult } from "../check/checked.ts";
import type { Severity } from "../model/finding.ts";
import type { Page } from "../terminal/page.ts";
import type { HumanOptions } from "./human-options.ts";

/**
 * A form of `--reporter`: turns what was checked into output. A reporter writes to its page and nowhere else.
 * Implementations are collected in `index.ts`.
 */
export interface Reporter {
  readonly name: string;
  /** One line for `--help`. */
  readonly title: string;
  create(page: Page, options: ReporterOptions): Reporting;
}

export interface ReporterOptions {
  /** The least severity that people are shown; reporters for machines have them all. */
  readonly leastShown: Severity;
  /** The least severity of a finding that fails its stream. */
  readonly failOn: Severity;
  /** What was expected of every stream, as findings have it in `expected`; empty if unmet ones are not reported. */
  readonly expectations: readonly string[];
  /** Several sources were asked for. */
  readonly isSeveral: boolean;
  /** For `human`; left out where nothing of it can be chosen. */
  readonly human?: HumanOptions;
}

/** Called as things happen; what a reporter does not need, it leaves out. */
export interface Reporting {
  /** A stream was checked. It is not kept by the caller: in one run there may be tens of thousands. */
  checked?(checked: Checked): void;
  /** All are. The page is flushed after it. */
  end?(result: CheckResult): void | Promise<void>;
}
