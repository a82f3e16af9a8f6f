// The report: everything known at the end, as one value. `src/schemas/report.schema.json` is generated from it. The
// keys are a contract; keys may be added. A number that was not reported is null.
import type { ConnectionBreak } from "./connection-break.ts";
import type { EndedBy } from "./ended-by.ts";
import type { StreamExitCode } from "./exit-codes.ts";
import type { ItemSnapshot, StreamError, Usage } from "./facts.ts";
import type { Finding } from "./finding.ts";
import type { HttpHead } from "./http-head.ts";
import type { Count, Index, LineNumber, Milliseconds, PositiveCount } from "./numbers.ts";
import type { Cost, ServerTiming } from "./provider-figures.ts";
import type { Verdict } from "./verdict.ts";
import type { PendingEvent } from "./wire.ts";
import type { ResponseTiming, StreamTiming } from "./timing.ts";

export const REPORT_SCHEMA = "ssescope/report@1";

export interface Report {
  /** Name and version of this format. */
  readonly schema: typeof REPORT_SCHEMA;
  /** Path, `-` for standard input, or URL without its secrets. */
  readonly source: string;
  /** Which of the streams in the source this is; null if the source is one stream. */
  readonly stream: StreamPlace | null;
  /** How the events are framed: sse, ndjson, json-array, json-documents, curl, chunked, lambda, log, python, quoted, table, websocket, har, cassette; null if the input ended before that was detected. */
  readonly framing: string | null;
  /** The protocol inside the events: openai-responses, generic …; null if there was no event. */
  readonly dialect: string | null;
  /** How the stream ended: the worst of its responses. */
  readonly verdict: Verdict;
  /** The exit code of the command for this source alone; 2: an event, or the input, over a size limit, 130: interrupted. */
  readonly exitCode: StreamExitCode;
  /** Ctrl-C, SIGTERM or SIGHUP ended the reading: the rest of the report covers the input until then. */
  readonly interrupted: boolean;
  /** Why it is not a stream, how the network failed, or why reading stopped; else null. */
  readonly error: StreamError | null;
  /** The request; null if unknown. */
  readonly request: RequestReport | null;
  /** Status and headers of the response; null if unknown. */
  readonly http: Omit<HttpHead, "request"> | null;
  /** When the source was opened, ISO 8601 in UTC; left out if unknown. */
  readonly startedAt?: string;
  /** Who ended the stream; null if there was no connection, or the input exceeds a size limit. */
  readonly endedBy: EndedBy | null;
  /** Bytes read. */
  readonly bytes: Count;
  /** Events that the standard dispatches, without the pending one. */
  readonly events: Count;
  /** How often each event type arrived; the sum is `events`. */
  readonly eventTypes: Readonly<Record<string, PositiveCount>>;
  /** Comment lines. */
  readonly comments: Count;
  /** An event that the input ends in, before its blank line; the standard discards it. */
  readonly pending: PendingEvent | null;
  /**
   * Where the connection broke and the stream was joined (`--reconnect`, `--resume`), the first 1,000; empty if there was
   * only one connection.
   */
  readonly breaks: readonly ConnectionBreak[];
  /** The model's responses, in input order. */
  readonly responses: readonly ResponseReport[];
  /** Times of arrival; null if they were not recorded. */
  readonly timing: StreamTiming | null;
  /** What is wrong or remarkable: at most 100 findings for each rule; `findingCounts` counts all. */
  readonly findings: readonly Finding[];
  /** How many findings each rule has. */
  readonly findingCounts: Readonly<Record<string, PositiveCount>>;
}

/** The request for the stream, without secrets. */
export interface RequestReport {
  /** Its number among the exchanges of `ssescope tap`; left out elsewhere. */
  readonly exchange?: PositiveCount;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The requested model; null if the request does not say. */
  readonly model: string | null;
  /** Whether a stream was requested; null if unknown. */
  readonly stream: boolean | null;
}

export interface ResponseReport {
  readonly id: string | null;
  readonly model: string | null;
  readonly serviceTier: string | null;
  /** How this response ended. */
  readonly verdict: Verdict;
  /** The provider's word in the last snapshot. */
  readonly status: string | null;
  /** Why it is incomplete, in the provider's word. */
  readonly reason: string | null;
  /** The error that the stream reports for it. */
  readonly error: StreamError | null;
  /** The capture starts in the middle of this response. */
  readonly resumed: boolean;
  /** All visible text, in item order. */
  readonly text: string;
  /** All reasoning, items separated by a blank line. */
  readonly reasoning: string;
  /** All refusals, in item order. */
  readonly refusal: string;
  readonly items: readonly ItemReport[];
  /** Null if none was reported. */
  readonly usage: UsageReport | null;
  /** How long the response took, as reported by the server; left out if not reported. */
  readonly serverTiming?: ServerTiming;
  /** What it cost, as reported by the provider; left out if not reported. */
  readonly cost?: Cost;
  /** Null if the protocol does not number its events. */
  readonly sequence: SequenceRange | null;
  /** Null if times were not recorded. */
  readonly timing: ResponseTiming | null;
}

export interface UsageReport extends Usage {
  /** The stream reported input and output but no total: `totalTokens` is their sum. */
  readonly totalIsComputed?: true;
}

/** The first and last number that the protocol gave the response's events. */
export interface SequenceRange {
  readonly first: Index;
  readonly last: Index;
}

/**
 * A stream found inside something larger, such as a CI log or a HAR file. In a document of recorded responses, lines
 * and offsets of events are relative to the recorded body; findings have those in the document, and also the line in
 * the body.
 */
export interface StreamPlace {
  /**
   * Where it comes from: the prefix of its lines, a service, a pod, a job and its step; or its request, method and URL.
   */
  readonly name: string | null;
  /** Line of its first event, from 1; in a document of recorded responses, that of its entry. */
  readonly line: LineNumber;
  /** Lines that belong to no stream, up to the end of this one. */
  readonly skippedLines: Count;
  /** In a document of recorded responses (har, cassette): how many are not streams. */
  readonly skippedAnswers?: Count;
}

/** An output of a response; a key that does not fit its type is left out. */
export interface ItemReport extends ItemSnapshot {
  /** Position among the response's outputs, from 0. */
  readonly index: Index;
  /** Its visible text. */
  readonly text?: string;
  /** Its reasoning, summaries first, paragraphs separated by a blank line. */
  readonly reasoning?: string;
  /** Its refusal. */
  readonly refusal?: string;
  /** The input of the call, as text: JSON for functions. */
  readonly arguments?: string;
  /** The call's result, as text. */
  readonly output?: string;
  /** Code, commands or a patch that the call runs. */
  readonly code?: string;
  /** To the chunk that completed the first event about it, in ms as in `timing`; left out if times were not recorded. */
  readonly firstEventMs?: Milliseconds;
  /** The stream took the item back: its texts are not in the response's texts. */
  readonly dropped?: true;
  /** A text of the item is longer than the 64 Mi characters that are kept. */
  readonly cut?: true;
  /** How many references the text has. */
  readonly annotations?: PositiveCount;
  /** Length of the base64 text of images or audio that arrived in parts, in characters. */
  readonly mediaBase64Length?: PositiveCount;
}
