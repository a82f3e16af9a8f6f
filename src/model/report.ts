// The report: everything known at the end, as one value. `src/schemas/report.schema.json` says the same; the keys are a
// contract, to which more may be added. A number that was not reported is null.
import type { ConnectionBreak } from "./connection-break.ts";
import type { StreamExitCode } from "./exit-codes.ts";
import type { ItemSnapshot, StreamError, Usage } from "./facts.ts";
import type { Finding } from "./finding.ts";
import type { HttpHead } from "./http-head.ts";
import type { ResponseTiming, StreamTiming } from "./timing.ts";
import type { Verdict } from "./verdict.ts";
import type { PendingEvent } from "./wire.ts";

export const REPORT_SCHEMA = "ssescope/report@1";

export interface Report {
  readonly schema: typeof REPORT_SCHEMA;
  /** Path, `-`, or URL without its secrets. */
  readonly source: string;
  /** Which of the streams in the source it is; null where a source is one stream. */
  readonly stream: StreamPlace | null;
  /** Null where no event was seen and none was named. */
  readonly framing: string | null;
  /** Null where no event was seen. */
  readonly dialect: string | null;
  readonly verdict: Verdict;
  readonly exitCode: StreamExitCode;
  /** Ctrl-C, or SIGTERM, ended the reading: what follows is what was seen until then. */
  readonly interrupted: boolean;
  /** Why it is no stream, what the network did, or which event was too large; else null. */
  readonly error: StreamError | null;
  readonly http: HttpHead | null;
  readonly bytes: number;
  /** Events that the standard dispatches; a pending one is not among them. */
  readonly events: number;
  /** How often each event type came, the pending one included. */
  readonly eventTypes: Readonly<Record<string, number>>;
  readonly comments: number;
  readonly pending: PendingEvent | null;
  /** Where the connection broke and the stream was joined again: the first 1,000. */
  readonly breaks: readonly ConnectionBreak[];
  readonly responses: readonly ResponseReport[];
  /** Null where times were not recorded. */
  readonly timing: StreamTiming | null;
  /** At most 100 of each rule; `findingCounts` has them all. */
  readonly findings: readonly Finding[];
  readonly findingCounts: Readonly<Record<string, number>>;
}

export interface ResponseReport {
  readonly id: string | null;
  readonly model: string | null;
  readonly serviceTier: string | null;
  readonly verdict: Verdict;
  /** The provider's word in the last snapshot. */
  readonly status: string | null;
  readonly reason: string | null;
  readonly error: StreamError | null;
  /** The capture begins in the middle of this response. */
  readonly resumed: boolean;
  /** All visible text, in item order. */
  readonly text: string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly items: readonly ItemReport[];
  readonly usage: Usage | null;
  /** The first and last number that the protocol gave its events. */
  readonly sequence: { readonly first: number; readonly last: number } | null;
  /** Null where times were not recorded. */
  readonly timing: ResponseTiming | null;
}

/** A stream that was dug out of something larger, such as a CI log or a HAR file. */
export interface StreamPlace {
  /** Whose it is: as the prefix of its lines says, a service, a pod, a job and its step; or its request, method and URL. */
  readonly name: string | null;
  /** Line of its first event, or in a document of recorded answers that of its entry, from 1. */
  readonly line: number;
  /** Lines of the source that are of no stream, up to where this one ends. */
  readonly skippedLines: number;
  /** In a document of recorded answers (har, cassette): those that are no stream. */
  readonly skippedAnswers?: number;
}

/** An output of a response; a key that does not fit its type is left out. */
export interface ItemReport extends ItemSnapshot {
  /** Position among the response's outputs. */
  readonly index: number;
  readonly text?: string;
  readonly reasoning?: string;
  readonly refusal?: string;
  readonly arguments?: string;
  readonly output?: string;
  readonly code?: string;
  /** The stream took the item back: its texts are not in those of the response. */
  readonly dropped?: true;
  /** A text of the item is longer than the 64 Mi characters that are kept. */
  readonly cut?: true;
  /** How many references the text has. */
  readonly annotations?: number;
  /** Length of the base64 text of images or audio that came. */
  readonly mediaBase64Length?: number;
}
