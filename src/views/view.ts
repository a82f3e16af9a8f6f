import { callInTurn } from "../model/call-in-turn.ts";
import type { Listener } from "../model/listener.ts";
import type { TextDelta } from "../model/facts.ts";
import type { Channel } from "../model/text-kinds.ts";
import type { Reading } from "../model/reading.ts";
import type { Report } from "../model/report.ts";
import type { Finding } from "../model/finding.ts";
import type { Page } from "../terminal/page.ts";

/**
 * A format of `--format`: turns the output of the pipeline into text or bytes. A view writes only to its page and knows
 * no dialect. Implementations are collected in `index.ts`.
 */
export interface View {
  readonly name: string;
  /** One line for `--help`. */
  readonly title: string;
  /** Whether a summary goes to stderr; machine formats contain everything themselves. */
  readonly hasSummary: boolean;
  /** What filters such as `--only` select; left out: filters do not apply to the view. */
  readonly filtered?: "events" | "records" | "facts";
  /** Begins the view of one stream. */
  create(page: Page, options: ViewOptions): ViewListener;
  /** For a view of raw bytes: begins the output of one source, whatever streams it contains. */
  copy?(page: Page): (bytes: Uint8Array) => void;
}

/** An additional field of machine-readable records. */
export interface SourceName {
  /** Path, `-` for standard input, or URL without its secrets; only if there are several sources. */
  readonly source?: string;
}

export interface ViewOptions {
  /** The channels selected with `--show`. */
  readonly channels: ReadonlySet<Channel>;
  /** The source's name, if there are several and records must name theirs; otherwise null. */
  readonly source: string | null;
  /** There are other streams, of this source or of others. */
  readonly isOneOfMany: boolean;
  /** The place of the stream in its source; left out, or null, if the stream is the whole source. */
  readonly place?: StreamPlace | null;
  /** Longer silences are stalls; left out: the default limit. */
  readonly stallMs?: number;
}

/** Where a stream is in its source. */
export interface StreamPlace {
  readonly name: string | null;
  readonly line: number;
  /** The source line for a line of its body, if its events count within the body; otherwise left out. */
  readonly placeOfLine?: (line: number) => { readonly line: number };
}

/** Consecutive events that carry one text, delta by delta. */
export interface Run {
  readonly first: Reading;
  readonly last: Reading;
  readonly events: number;
  /** Their texts, as one delta. */
  readonly delta: TextDelta;
}

/**
 * Follows one stream and shows it. Receives whole events, because filters select among them and views may be combined.
 */
export interface ViewListener extends Omit<Listener, "facts" | "payloads"> {
  /** Called after the event that it is about. */
  finding?(finding: Finding): void;
  /** Called instead of several readings, only with `--fold`. */
  run?(run: Run): void;
  /** Called for an event that a filter drops, so that times can be measured. */
  leaveOut?(reading: Reading): void;
  /** Called last. */
  report?(report: Report): void;
}

/** Whether a view takes stretches: it asks for them, or for no events at all. Others receive every event by itself. */
export function takesStretches(view: ViewListener): boolean {
  return view.stretch !== undefined || (view.record === undefined && view.read === undefined);
}

/** The same view, with an additional listener for the stream. */
export function watchedBy(watching: ViewListener, view: View): View {
  return { ...view, create: (page, options) => followBoth(watching, view.create(page, options)) };
}

function followBoth(first: ViewListener, second: ViewListener): ViewListener {
  const { record, read, stretch } = callInTurn([first, second]);
  return { ...second, record, read, ...(takesStretches(second) && { stretch }) };
}
