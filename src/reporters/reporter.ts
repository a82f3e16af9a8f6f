import type { Checked, CheckResult } from "../check/checked.ts";
import type { Severity } from "../model/finding.ts";
import type { Page } from "../terminal/page.ts";
import type { ViewListener } from "../views/view.ts";
import type { HumanOptions } from "./human-options.ts";

/**
 * A form of `--reporter`: turns what was checked into output. A reporter writes to its page and nowhere else.
 * Implementations are collected in `index.ts`.
 */
export interface Reporter {
  readonly name: string;
  /** One line for `--help`. */
  readonly title: string;
  /** It writes how much each response holds: a stream that lost its texts on its way brings `sizes`. Left out: not. */
  readonly needsSizes?: true;
  /** A promise where the reporter has something to load first. */
  create(page: Page, options: ReporterOptions): Reporting | Promise<Reporting>;
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
  /** How long no event may come before that is a stall, in ms. */
  readonly stallMs: number;
  /** For `human`; left out where nothing of it can be chosen. */
  readonly human?: HumanOptions;
}

/** Called as things happen; what a reporter does not need, it leaves out. */
export interface Reporting {
  /**
   * Follows a stream from its beginning, for reporters that show events: what it returns is given the same report as
   * `checked` later. Streams that are followed are read event by event, so only those who need it have it.
   */
  follow?(): ViewListener;
  /** A stream was checked. It is not kept by the caller: in one run there may be tens of thousands. */
  checked?(checked: Checked): void;
  /** All are. The page is flushed after it. */
  end?(result: CheckResult): void | Promise<void>;
}
