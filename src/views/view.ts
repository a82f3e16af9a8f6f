import { callInTurn } from "../model/call-in-turn.ts";
import type { Listener } from "../model/listener.ts";
import type { TextDelta } from "../model/facts.ts";
import type { Channel } from "../model/text-kinds.ts";
import type { Reading } from "../model/reading.ts";
import type { Report } from "../model/report.ts";
import type { Finding } from "../model/finding.ts";
import type { Page } from "../terminal/page.ts";

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
  /** What `--only` and its kin choose among; left out: they do not fit the view. */
  readonly filtered?: "events" | "records" | "facts";
  /** Begins the view of one stream. */
  create(page: Page, options: ViewOptions): ViewListener;
  /** For a view of the input's bytes: begins to show those of one source, whatever streams are in them. */
  copy?(page: Page): (bytes: Uint8Array) => void;
}

/** What a record for machines says besides its own. */
export interface SourceName {
  /** Path, `-` for standard input, or URL without its secrets; only if there are several sources. */
  readonly source?: string;
}

export interface ViewOptions {
  /** What `--show` chose. */
  readonly channels: ReadonlySet<Channel>;
  /** The source's name, where there are several and records must tell whose they are; else null. */
  readonly source: string | null;
  /** There are other streams, of this source or of others. */
  readonly isOneOfMany: boolean;
  /** The stream, if it is one of those in its source; left out, or null, if it is all of it. */
  readonly place?: StreamPlace | null;
  /** Longer silences are stalls; left out: those longer than usual. */
  readonly stallMs?: number;
}

/** Where a stream is in its source. */
export interface StreamPlace {
  readonly name: string | null;
  readonly line: number;
  /** Where a line of its body is in the source, if its events count within the body; else left out. */
  readonly placeOfLine?: (line: number) => { readonly line: number };
}

/** Events in a row that bring one text, delta by delta. */
export interface Run {
  readonly first: Reading;
  readonly last: Reading;
  readonly events: number;
  /** Their texts, as one delta. */
  readonly delta: TextDelta;
}

/** Follows one stream and shows it: it is given whole events, for filters choose among them, and other views stand before it. */
export interface ViewListener extends Omit<Listener, "facts" | "payloads"> {
  /** Comes after the event that it is about. */
  finding?(finding: Finding): void;
  /** Takes the place of several readings: with `--fold` only. */
  run?(run: Run): void;
  /** An event that a filter does not let through: for who measures times. */
  leaveOut?(reading: Reading): void;
  /** Comes last. */
  report?(report: Report): void;
}

/** Whether a view takes stretches: it asks for them, or for no events at all. Any other is given every event by itself. */
export function takesStretches(view: ViewListener): boolean {
  return view.stretch !== undefined || (view.record === undefined && view.read === undefined);
}

/** The same view, beside which a listener watches the stream. */
export function watchedBy(watching: ViewListener, view: View): View {
  return { ...view, create: (page, options) => followBoth(watching, view.create(page, options)) };
}

function followBoth(first: ViewListener, second: ViewListener): ViewListener {
  const { record, read, stretch } = callInTurn([first, second]);
  return { ...second, record, read, ...(takesStretches(second) && { stretch }) };
}
