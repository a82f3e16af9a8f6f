// The end of the pipeline: makes the report, with its verdict and exit code.
import type { BodyHead } from "./body.ts";
import { describeRequest } from "../dialects/requests.ts";
import type { DialectTraits } from "../model/dialect-traits.ts";
import type { Legibility } from "./legibility.ts";
import { type EndedBy, wasClosedCleanly, wasRecordingInterrupted } from "../model/ended-by.ts";
import type { ConnectionBreak } from "../model/connection-break.ts";
import { type CompressionFault, describeFault } from "../model/compression-fault.ts";
import { LimitError, TransportError } from "../errors.ts";
import type { Stop } from "../model/stop.ts";
import { EXIT_INTERRUPTED, EXIT_USAGE, type StreamExitCode } from "../model/exit-codes.ts";
import type { StreamError } from "../model/facts.ts";
import {
  REPORT_SCHEMA,
  type Report,
  type RequestReport,
  type ResponseReport,
  type StreamPlace,
} from "../model/report.ts";
import type { RuleWatch } from "../rules/watch.ts";
import { isWhole } from "../model/payload.ts";
import { countOf } from "../wording/counts.ts";
import { FIRST_STATUS_WITHOUT_STREAM, type HttpExchange, type HttpHead } from "../model/http-head.ts";
import type { Skipped, StreamHead } from "../framing/framing.ts";
import { framingNames } from "../framing/framing-names.ts";
import type { Tally } from "../model/tally.ts";
import type { StreamTiming } from "../model/timing.ts";
import { type Verdict, verdictTable, worstVerdict } from "../model/verdict.ts";

export interface Seen {
  readonly source: string;
  readonly head: StreamHead;
  readonly skipped: Skipped;
  /** The fault in the compressed data that contained the stream; null if there is none. */
  readonly compression: CompressionFault | null;
  /** The framing was detected, not named by the user. */
  readonly isFramingDetected: boolean;
  /** A JSON response is not an error if no stream was requested. */
  readonly takesAnswers: boolean;
  /** Null if there were no events. */
  readonly dialect: DialectTraits | null;
  readonly tally: Tally;
  readonly responses: readonly ResponseReport[];
  readonly rules: Pick<RuleWatch, "findings" | "counts">;
  readonly legibility: Pick<Legibility, "legible" | "damaged" | "firstDamage">;
  readonly body: BodyHead;
  /** The last response has ended: a connection that breaks afterwards loses nothing. */
  readonly isOver: boolean;
  readonly timing: StreamTiming | null;
  readonly stop: Stop;
  /** When the source was opened; null if unknown. */
  readonly startedAt: string | null;
  readonly endedBy: EndedBy | null;
  /** The request, if there was no response to it. */
  readonly asked: HttpExchange["request"] | null;
  readonly breaks: readonly ConnectionBreak[];
}

/** Derives the report from everything that was seen. */
export function conclude(seen: Seen): Report {
  const { tally, head, stop } = seen;
  const request = requestOf(seen);
  const isAnswer = isPlainAnswer(seen, request);
  const { verdict, error } = isAnswer ? judgeAnswer(seen) : judge(seen);
  const isBody = verdict === "not-a-stream" && mayBeBody(seen);
  return {
    schema: REPORT_SCHEMA,
    source: seen.source,
    stream: head.place === null ? null : placeOf(head.place, seen.skipped),
    // A framing detected in a body that is not a stream, or is empty, would mislead.
    framing: seen.isFramingDetected && (isBody || tally.bytes === 0) ? null : head.framing,
    dialect: isBody ? null : (seen.dialect?.name ?? null),
    verdict,
    exitCode: exitCodeOf(verdict, stop),
    interrupted: stop === "interrupted",
    error,
    request,
    http: withoutRequest(head.http),
    ...(seen.startedAt !== null && { startedAt: seen.startedAt }),
    endedBy: seen.endedBy,
    bytes: tally.bytes,
    events: tally.events,
    eventTypes: Object.fromEntries(tally.eventTypes),
    comments: tally.comments,
    pending: tally.pending,
    breaks: [...seen.breaks],
    responses: isBody ? [] : seen.responses,
    timing: seen.timing,
    // Stream faults do not apply to a response that need not be a stream.
    findings: isBody || isAnswer ? [] : seen.rules.findings,
    findingCounts: isBody || isAnswer ? {} : seen.rules.counts,
  };
}

function placeOf(place: NonNullable<StreamHead["place"]>, { skippedLines = 0, skippedAnswers }: Skipped): StreamPlace {
  return { ...place, skippedLines, ...(skippedAnswers === undefined ? null : { skippedAnswers }) };
}

function exitCodeOf(verdict: Verdict, stop: Stop): StreamExitCode {
  if (stop === "interrupted") return EXIT_INTERRUPTED;
  if (stop instanceof LimitError) return EXIT_USAGE;
  return verdictTable[verdict].exitCode;
}

type Conclusion = Pick<Report, "verdict" | "error">;

/** The request; null if the source has none. */
function requestOf({ head, asked }: Seen): RequestReport | null {
  const request = head.http?.request ?? asked;
  return request === null ? null : describeRequest(request);
}

function withoutRequest(http: HttpHead | null): Report["http"] {
  if (http === null) return null;
  const { request: _, ...head } = http;
  return head;
}

const FIRST_REDIRECT = 300;
const FIRST_ERROR = 400;

/** Whether the body is a JSON document, or empty, in response to a request that did not ask for a stream. */
function isPlainAnswer(seen: Seen, request: RequestReport | null): boolean {
  const { stop, head, compression } = seen;
  if (!seen.takesAnswers || request === null || head.http === null || stop !== null || compression !== null) {
    return false;
  }
  const { status } = head.http;
  // A redirect, or "not modified": the client handles it.
  if (status >= FIRST_REDIRECT && status < FIRST_ERROR) return true;
  if (request.stream === true || status >= FIRST_ERROR) return false;
  return head.http.contentType?.startsWith("text/event-stream") !== true && mayBeBody(seen);
}

function judgeAnswer({ responses }: Seen): Conclusion {
  return { verdict: worstVerdict(responses.map(({ verdict }) => verdict)) ?? "ended", error: null };
}

function judge(seen: Seen): Conclusion {
  const {
    stop,
    head: { http },
    body,
  } = seen;
  if (wasClosedCleanly(stop) && seen.tally.events === 0) return { verdict: "ended", error: null };
  if (stop instanceof TransportError && !seen.isOver && !wasClosedCleanly(stop)) {
    return { verdict: "transport-error", error: { type: null, code: stop.code, message: stop.message } };
  }
  if (stop instanceof LimitError) {
    return { verdict: "truncated", error: { type: null, code: null, message: `${stop.message}; ${stop.hint}` } };
  }
  if (http !== null && http.status >= FIRST_STATUS_WITHOUT_STREAM)
    return { verdict: "not-a-stream", error: describeAnswer(http, body) };
  if (seen.compression !== null && seen.tally.bytes === 0) {
    return { verdict: "not-a-stream", error: { type: null, code: null, message: describeFault(seen.compression) } };
  }
  if (isAcceptedMessage(http) && body.isEmpty()) return { verdict: "ended", error: null };
  // Nothing arrived until then.
  const mayContinue = stop === "interrupted" || (wasRecordingInterrupted(stop, seen.endedBy) && body.isEmpty());
  const noStream = mayContinue || !mayBeBody(seen) ? null : describeBody(seen);
  if (noStream !== null) return { verdict: "not-a-stream", error: noStream };
  const verdict = worstVerdict(seen.responses.map(({ verdict }) => verdict));
  return verdict === null ? judgeWithoutResponse(seen) : { verdict, error: null };
}

/** Describes a body that is not a stream: in the framing's words if it has any, else by its bytes. */
function describeBody({ head: { http, instead, around, wrapping }, body, tally }: Seen): StreamError | null {
  // Lines of a stream without a final blank line are still a stream.
  const isStream = wrapping === framingNames.sse && !body.isEmpty();
  if (instead !== undefined && !isStream) return { type: null, code: null, message: instead };
  if (around !== undefined && body.isEmpty()) return { type: null, code: null, message: around };
  const error = body.describe(http, wrapping === framingNames.jsonDocuments ? tally.events : 1);
  return around === undefined || error === null
    ? error
    : { ...error, message: `${around}; the last: ${error.message}` };
}

/** The server's error or, if there is none or it is a redirect, the status. */
function describeAnswer(http: HttpHead, body: BodyHead): StreamError {
  const { status, statusText, location, redirectRefusal } = http;
  const error = location !== null || body.isEmpty() ? null : body.describe(http);
  if (error !== null) return error;
  const redirect =
    location === null ? "" : `: a redirect to ${location}, which is not followed${because(redirectRefusal)}`;
  return { type: null, code: null, message: `HTTP ${status} ${statusText}`.trimEnd() + redirect };
}

const ACCEPTED = 202;

/** "If the input consists solely of responses or notifications, 202 Accepted with no body": MCP, Streamable HTTP. */
function isAcceptedMessage(http: HttpHead | null): boolean {
  return http?.status === ACCEPTED && http.isJsonRpc === true;
}

function because(reason: string | undefined): string {
  return reason === undefined ? "" : `: ${reason}`;
}

/**
 * The input has no events; or it is output of ssescope; or one line of JSON that is a whole response or in no known dialect, as many servers write
 * errors; or JSON values in no known dialect, in an array or one after the other.
 */
function mayBeBody({ tally, head, isFramingDetected, dialect, body }: Seen): boolean {
  // A cut first frame is not a body: text does not begin with its bytes.
  if (tally.events === 0) return head.wrapping !== framingNames.awsEventstream || tally.pending === null;
  // Printed by a program, in no known dialect: these need not be events.
  if (head.instead !== undefined && head.wrapping === framingNames.ndjson) return dialect?.isKnown === false;
  // One document is a document, even if the user named this framing.
  if (head.wrapping === framingNames.jsonDocuments && tally.events === 1) {
    return dialect?.isKnown === false || (isFramingDetected && body.isWholeResponse());
  }
  if (!isFramingDetected) return false;
  if (head.wrapping === framingNames.ndjson && body.isOwnOutput()) return true;
  if (head.wrapping === framingNames.jsonArray || head.wrapping === framingNames.jsonDocuments)
    return dialect?.isKnown === false;
  return (
    tally.events === 1 &&
    head.wrapping === framingNames.ndjson &&
    (dialect?.isKnown === false || body.isWholeResponse())
  );
}

/**
 * No response began. In an unknown protocol that is not an error, but unreadable events are, and so is a stream without
 * content, or one that ends within an event.
 */
function judgeWithoutResponse({ dialect, tally, legibility }: Seen): Conclusion {
  const [damaged, firstDamage, legible] = [legibility.damaged(), legibility.firstDamage(), legibility.legible()];
  // LangGraph graphs may stream only data of their own.
  const isUnknown = dialect !== null && (!dialect.isKnown || legible > 0);
  if (!isUnknown || tally.events === 0) return { verdict: "truncated", error: null };
  if (firstDamage !== null) {
    const { line, reason } = firstDamage;
    const message = `${damaged} of ${countOf(tally.events, "event")} cannot be read as sent, the first at line ${line}: ${reason}`;
    return { verdict: "not-a-stream", error: { type: null, code: null, message } };
  }
  const isCut = tally.pending !== null && !isWhole(tally.pending.data);
  return { verdict: isCut || legible === 0 ? "truncated" : "ended", error: null };
}
