// The data that the reporter writes into the page and that the page reads. Each value is the JSON text of one script
// element of type application/json, whose `data-part` is its name. Texts are those of the stream, so they are
// untrusted.
import type { Kind } from "../event-words/kinds.ts";
import type { EndedBy } from "../model/ended-by.ts";
import type { CheckExitCode, ExitCode } from "../model/exit-codes.ts";
import type { StreamError } from "../model/facts.ts";
import type { TextKind } from "../model/text-kinds.ts";
import type { Finding, Severity } from "../model/finding.ts";
import type { Report, ResponseReport } from "../model/report.ts";
import type { End, Tone } from "../model/verdict.ts";
import type { Statistics } from "../stats/statistics.ts";

/**
 * The parts, in the order in which they are written: two for each stream, then one for the run, and the statistics of
 * all streams; the page of statistics has only those.
 */
export type PartName = "stream" | "detail" | "run" | "statistics";

/** The reason for a stream's place in the list. */
export interface Cause {
  readonly tone: Tone;
  /** The verdict or the rule; `passed`. */
  readonly name: string;
  /** Distinguishes streams of the same name, for example the code of an error; null: nothing. */
  readonly detail: string | null;
}

/** A stream in the list. */
export interface StreamSummary {
  readonly source: string;
  /** The place of the stream in its source; null if the source is one stream. */
  readonly place: string | null;
  /** The request that passed through a tap: its number, path and model; null: the stream is not from a tap. */
  readonly asked: string | null;
  readonly end: End;
  readonly exitCode: CheckExitCode;
  readonly cause: Cause;
  /** Who ended an unfinished stream, after which silence and event; null: it is finished, or not known. */
  readonly course: string | null;
  /** The worst problem in a sentence; null: none. */
  readonly reason: string | null;
  readonly counts: Readonly<Record<Severity, number>>;
  /** The rules with findings. */
  readonly rules: readonly string[];
  readonly model: string | null;
  readonly dialect: string | null;
  readonly events: number | null;
  readonly tokens: number | null;
  readonly ttftMs: number | null;
  /** Null if the last response has no end. */
  readonly totalMs: number | null;
  readonly endedBy: EndedBy | null;
  /** Characters per time slice, for a sparkline; null if times are not known. */
  readonly slices: readonly number[] | null;
}

/**
 * An event, a comment, a retry or stray lines, as a tuple, because there may be tens of thousands: its kinds, its index
 * among the events (null: it is not an event), its line, its time in ms (null: not known), its type as an index of
 * `StreamDetail.types`, its data, its facts in words, and the deltas that it adds to texts.
 */
export type EventRow = readonly [
  /** The most important first. */
  kinds: readonly Kind[],
  index: number | null,
  line: number,
  atMs: number | null,
  type: number,
  data: string,
  said: string,
  deltas: readonly DeltaPiece[],
  /** The item that it is about, if it adds no text: its response, its position there, and the kind of the fact. */
  item: readonly [response: number, item: number, kind: Kind] | null,
  /** The outcome of the response that it ends. */
  end: Tone | null,
];

/** A delta of one text. `part`: its position among the parts of this kind. */
export type DeltaPiece = readonly [response: number, item: number, part: number, kind: TextKind, text: string];

/** A response without its texts, which are built from the deltas. */
export interface ResponseSummary extends Pick<
  ResponseReport,
  "id" | "model" | "serviceTier" | "verdict" | "status" | "reason" | "usage" | "timing"
> {
  readonly cost: string | null;
  readonly serverTiming: string | null;
  readonly items: readonly ItemSummary[];
}

export interface ItemSummary {
  readonly index: number;
  readonly type: string;
  readonly name: string | null;
  readonly status: string | null;
  readonly detail: string | null;
}

/** The rest of a stream, which the page reads when the stream is opened. */
export interface StreamDetail extends Pick<
  Report,
  "request" | "http" | "framing" | "bytes" | "comments" | "timing" | "breaks"
> {
  readonly error: StreamError | null;
  readonly responses: readonly ResponseSummary[];
  readonly findings: readonly Finding[];
  /** Findings of all rules that are counted but not listed. */
  readonly unlisted: number;
  readonly types: readonly string[];
  readonly rows: readonly EventRow[];
  /** The number of omitted rows, if there are too many, and the row before which they were. */
  readonly left: { readonly count: number; readonly before: number };
  /** Whether the rows are omitted, because other streams have used up the page's limit. */
  readonly isWithoutRows: boolean;
}

/** The run as a whole, written at its end. */
export interface RunSummary {
  readonly exitCode: ExitCode;
  readonly streams: number;
  /** Silence from this length on is a stall. */
  readonly stallMs: number;
  /** The meaning of each verdict and rule that occurs. */
  readonly meanings: Readonly<Record<string, Meaning>>;
}

/** The statistics of many streams. */
export interface StatisticsPart {
  readonly statistics: Statistics;
  /** The meaning of each verdict and rule that occurs. */
  readonly meanings: Readonly<Record<string, Meaning>>;
}

export interface Meaning {
  readonly meaning: string;
  readonly why?: string;
  readonly remedy?: string;
}
