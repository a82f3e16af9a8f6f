import type { Reading } from "../model/reading.ts";
import type { Run } from "../model/stretch.ts";
import type { Channel } from "../model/facts.ts";
import type { Report } from "../report/report.ts";
import type { Finding } from "../model/finding.ts";
import type { Page } from "../terminal/page.ts";
import type { WireRecord } from "../model/wire.ts";

/**
 * A format of `--format`: turns what the pipeline hands on into output. A view writes to its page and nowhere else, and
 * knows no dialect. Implementations are collected in `index.ts`.
 */
export interface View {
  readonly name: string;
  /** One line for `--help`. */
  readonly title: string;
  /** Whether the summary on stderr goes with it: not with the formats for machines, which say it all themselves. */
  readonly hasSummary: boolean;
  /** Begins the view of one stream. */
  create(page: Page, options: ViewOptions): Watching;
  /** For a view of the input's bytes: begins to show those of one source, whatever streams are in them. */
  copy?(page: Page): (bytes: Uint8Array) => void;
}

export interface ViewOptions {
  /** What `--show` chose. */
  readonly channels: ReadonlySet<Channel>;
  /** The source's name, where there are several and records must tell whose they are; else null. */
  readonly source: string | null;
  /** There are other streams, of this source or of others. */
  readonly isOneOfMany: boolean;
}

/** Called as things happen, in the order of the input; what a view does not need, it leaves out. */
export interface Watching {
  /** `atMs`: when it came, in ms since the source was opened; null where times are not known. */
  record?(record: WireRecord, atMs: number | null): void;
  read?(reading: Reading): void;
  /** Events whose texts are shown as one all the same. A view that takes readings and no runs is given every event. */
  run?(run: Run): void;
  /** Comes after the event that it is about. */
  finding?(finding: Finding): void;
  end?(report: Report): void;
}

/** Whether a view takes runs: it asks for them, or for no events at all. */
export function takesRuns(view: Watching): boolean {
  return view.run !== undefined || (view.record === undefined && view.read === undefined);
}
