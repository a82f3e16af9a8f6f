import type { Checked, CheckResult } from "../check/checked.ts";
import type { Severity } from "../model/finding.ts";
import type { Page } from "../terminal/page.ts";
import type { ViewListener } from "../views/view.ts";
import type { HumanOptions } from "./human-options.ts";

/**
 * A form of `--reporter`: turns checked streams into output. A reporter writes only to its page. Implementations are
 * collected in `index.ts`.
 */
export interface Reporter {
  readonly name: string;
  /** The usual extension of its files, without a dot. */
  readonly extension: string;
  /** One line for `--help`. */
  readonly title: string;
  /**
   * It writes the sizes of responses: a stream whose texts were removed in transit needs `sizes`. Default: not needed.
   */
  readonly needsSizes?: true;
  /** Returns a promise if the reporter has to load something first. */
  create(page: Page, options: ReporterOptions): Reporting | Promise<Reporting>;
}

export interface ReporterOptions {
  /** The lowest severity to show to people; reporters for machines get all. */
  readonly leastShown: Severity;
  /** Lowest severity that fails a stream. */
  readonly failOn: Severity;
  /** The expectations, in the form that findings have in `expected`; empty if unmet ones are not reported. */
  readonly expectations: readonly string[];
  /** The user named several sources. */
  readonly isSeveral: boolean;
  /** How long a silence must be to count as a stall, in ms. */
  readonly stallMs: number;
  /** For `human`; left out if the user has no choices. */
  readonly human?: HumanOptions;
}

/** Called as things happen; a reporter leaves out the methods it does not need. */
export interface Reporting {
  /**
   * Follows a stream from its beginning, for reporters that show events. The returned listener gets the same report as
   * `checked` does later. Followed streams are read event by event, which is slower, so only reporters that need events
   * implement it.
   */
  follow?(): ViewListener;
  /** A stream was checked. The caller does not keep it: a run may have tens of thousands. */
  checked?(checked: Checked): void;
  /** All streams were checked. The page is flushed after it. */
  end?(result: CheckResult): void | Promise<void>;
}
