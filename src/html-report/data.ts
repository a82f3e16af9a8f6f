// What the reporter writes into the page, and what the page reads. Each value is the JSON text of one script element of the
// type application/json, whose `data-part` is its name; texts are as the stream has them: untrusted.
import type { Kind } from "../event-words/kinds.ts";
import type { EndedBy } from "../model/ended-by.ts";
import type { CheckExitCode, ExitCode } from "../model/exit-codes.ts";
import type { StreamError } from "../model/facts.ts";
import type { TextKind } from "../model/text-kinds.ts";
import type { Finding, Severity } from "../model/finding.ts";
import type { Report, ResponseReport } from "../model/report.ts";
import type { End, Tone } from "../model/verdict.ts";

/** The parts, in the order in which they are written: the two of each stream, then that of the run. */
export type PartName = "stream" | "detail" | "run";

/** Why a stream is where it is in the list. */
export interface Cause {
  readonly tone: Tone;
  /** The verdict or the rule; `passed`. */
  readonly name: string;
  /** What tells streams of the same name apart, such as the code of an error; null: nothing. */
  readonly detail: string | null;
}

/** A stream in the list. */
export interface StreamSummary {
  readonly source: string;
  /** Which of the streams in the source it is; null if a source is one stream. */
  readonly place: string | null;
  /** The request that passed through a tap: its number, its path and the model; null: it is none. */
  readonly asked: string | null;
  readonly end: End;
  readonly exitCode: CheckExitCode;
  readonly cause: Cause;
  /** The worst of what is wrong, in a sentence; null: nothing is. */
  readonly reason: string | null;
  readonly counts: Readonly<Record<Severity, number>>;
  /** The rules that found something. */
  readonly rules: readonly string[];
  readonly model: string | null;
  readonly dialect: string | null;
  readonly events: number | null;
  readonly tokens: number | null;
  readonly ttftMs: number | null;
  readonly totalMs: number | null;
  readonly endedBy: EndedBy | null;
  /** Characters in slices of the time, for a small picture; null where times are not known. */
  readonly slices: readonly number[] | null;
}

/**
 * An event, a comment, a retry or stray lines. A list, for there may be tens of thousands: its kinds, its index among the
 * events (null: it is not an event), its line, when it came in ms (null: not known), its type as an index of
 * `StreamDetail.types`, its data, what it says in a few words, and what it adds to texts.
 */
export type EventRow = readonly [
  /** The first is the one that matters most. */
  kinds: readonly Kind[],
  index: number | null,
  line: number,
  atMs: number | null,
  type: number,
  data: string,
  said: string,
  deltas: readonly DeltaPiece[],
  /** The item that it is about, where it adds no text: its response, its place there, and what is said of it. */
  item: readonly [response: number, item: number, kind: Kind] | null,
  /** How well the response ended that it is the end of. */
  end: Tone | null,
];

/** A piece of one text. `part`: among those of this kind. */
export type DeltaPiece = readonly [response: number, item: number, part: number, kind: TextKind, text: string];

/** A response without its texts: these are made of the deltas. */
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

/** All else of a stream, which the page reads when the stream is opened. */
export interface StreamDetail extends Pick<
  Report,
  "request" | "http" | "framing" | "bytes" | "comments" | "timing" | "breaks"
> {
  readonly error: StreamError | null;
  readonly responses: readonly ResponseSummary[];
  readonly findings: readonly Finding[];
  /** Findings that are counted only, of all rules. */
  readonly unlisted: number;
  readonly types: readonly string[];
  readonly rows: readonly EventRow[];
  /** Rows that are left out because there are too many; before the row at `before`. */
  readonly left: { readonly count: number; readonly before: number };
  /** The rows are left out, because the page has enough of other streams. */
  readonly isWithoutRows: boolean;
}

/** The run as a whole: known at its end. */
export interface RunSummary {
  readonly exitCode: ExitCode;
  readonly streams: number;
  /** Silence from this length on is a stall. */
  readonly stallMs: number;
  /** What each verdict and each rule that comes up means. */
  readonly meanings: Readonly<Record<string, Meaning>>;
}

export interface Meaning {
  readonly meaning: string;
  readonly why?: string;
  readonly remedy?: string;
}
