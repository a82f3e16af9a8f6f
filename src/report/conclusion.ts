// The end of the pipeline: what was collected becomes the report, with its verdict and exit code.
import type { BodyHead } from "./body.ts";
import { describeRequest } from "../dialects/requests.ts";
import type { DialectTraits } from "../model/dialect-traits.ts";
import type { Legibility } from "./legibility.ts";
import { type EndedBy, wasClosedInOrder } from "../model/ended-by.ts";
import type { ConnectionBreak } from "../model/connection-break.ts";
import { type CompressionFault, describeFault } from "../model/compression-fault.ts";
import { LimitError, TransportError } from "../errors.ts";
import type { Stop } from "../model/stop.ts";
import { EXIT_INTERRUPTED, EXIT_USAGE, type StreamExitCode } from "../model/exit-codes.ts";
import type { StreamError } from "../model/facts.ts";
import { awsEventstream } from "../framing/aws-eventstream.ts";
import { jsonArray } from "../framing/json-array.ts";
import { jsonDocuments } from "../framing/json-documents.ts";
import { ndjson } from "../framing/ndjson.ts";
import { sse } from "../framing/sse.ts";
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
import type { Tally } from "../model/tally.ts";
import type { StreamTiming } from "../model/timing.ts";
import { type Verdict, verdictTable, worstVerdict } from "../model/verdict.ts";

export interface Seen {
  readonly source: string;
  readonly head: StreamHead;
  readonly skipped: Skipped;
  /** What was wrong with the compressed data that the stream came out of; null: nothing. */
  readonly compression: CompressionFault | null;
  /** The framing was detected, not named. */
  readonly isFramingDetected: boolean;
  /** A JSON answer is no fault if no stream was asked for. */
  readonly takesAnswers: boolean;
  /** Null if there was no event. */
  readonly dialect: DialectTraits | null;
  readonly tally: Tally;
  readonly responses: readonly ResponseReport[];
  readonly rules: Pick<RuleWatch, "findings" | "counts">;
  readonly legibility: Pick<Legibility, "legible" | "damaged" | "firstDamage">;
  readonly body: BodyHead;
  /** The response that came last has ended: a connection that breaks then takes nothing from it. */
  readonly isOver: boolean;
  readonly timing: StreamTiming | null;
  readonly stop: Stop;
  /** When the source was opened; null if unknown. */
  readonly startedAt: string | null;
  readonly endedBy: EndedBy | null;
  /** The request, if there was no response that it belongs to. */
  readonly asked: HttpExchange["request"] | null;
  readonly breaks: readonly ConnectionBreak[];
}

/** Draws the verdict from all that was seen. */
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
    // What was detected of a body that is no stream, or that never came, would mislead.
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
    // What is wrong with it as a stream is no fault of an answer that need not be one.
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

/** What was asked; null where the source is no request. */
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

/** Whether it is a JSON document, or nothing at all, in answer to a request that asked for no stream. */
function isPlainAnswer(seen: Seen, request: RequestReport | null): boolean {
  const { stop, head, compression } = seen;
  if (!seen.takesAnswers || request === null || head.http === null || stop !== null || compression !== null) {
    return false;
  }
  const { status } = head.http;
  // A redirect, or what the client has already: it sees to that.
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
  if (wasClosedInOrder(stop) && seen.tally.events === 0) return { verdict: "ended", error: null };
  if (stop instanceof TransportError && !seen.isOver && !wasClosedInOrder(stop)) {
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
  const noStream = stop === "interrupted" || !mayBeBody(seen) ? null : describeBody(seen);
  if (noStream !== null) return { verdict: "not-a-stream", error: noStream };
  const verdict = worstVerdict(seen.responses.map(({ verdict }) => verdict));
  return verdict === null ? judgeWithoutResponse(seen) : { verdict, error: null };
}

/** What there is in place of a stream: in the words of the framing where it knows, else by the bytes. */
function describeBody({ head: { http, instead, around, wrapping }, body, tally }: Seen): StreamError | null {
  // Lines of a stream that no blank line ends are one all the same.
  const isStream = wrapping === sse.name && !body.isEmpty();
  if (instead !== undefined && !isStream) return { type: null, code: null, message: instead };
  if (around !== undefined && body.isEmpty()) return { type: null, code: null, message: around };
  const said = body.describe(http, wrapping === jsonDocuments.name ? tally.events : 1);
  return around === undefined || said === null ? said : { ...said, message: `${around}; the last: ${said.message}` };
}

/** What the server says is wrong; where it says nothing, or sends one elsewhere, its status. */
function describeAnswer(http: HttpHead, body: BodyHead): StreamError {
  const { status, statusText, location, redirectRefusal } = http;
  const said = location !== null || body.isEmpty() ? null : body.describe(http);
  if (said !== null) return said;
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
 * No event at all; or one line of JSON that is a whole response, or in no known dialect, which is how many servers word an
 * error; or JSON values in no known dialect, in an array or one after the other.
 */
function mayBeBody({ tally, head, isFramingDetected, dialect, body }: Seen): boolean {
  // A first frame that is cut is no body: no text begins with its bytes.
  if (tally.events === 0) return head.wrapping !== awsEventstream.name || tally.pending === null;
  // Printed by a program, and of no known dialect: nothing says that these are events.
  if (head.instead !== undefined && head.wrapping === ndjson.name) return dialect?.isKnown === false;
  // One document is a document, even if the user has named it.
  if (head.wrapping === jsonDocuments.name && tally.events === 1) {
    return dialect?.isKnown === false || (isFramingDetected && body.isWholeResponse());
  }
  if (!isFramingDetected) return false;
  if (head.wrapping === jsonArray.name || head.wrapping === jsonDocuments.name) return dialect?.isKnown === false;
  return tally.events === 1 && head.wrapping === ndjson.name && (dialect?.isKnown === false || body.isWholeResponse());
}

/**
 * No response began. In an unknown protocol that is no fault, but events that cannot be read are, and so is a stream that
 * says nothing, or that ends within an event.
 */
function judgeWithoutResponse({ dialect, tally, legibility }: Seen): Conclusion {
  const [damaged, firstDamage, legible] = [legibility.damaged(), legibility.firstDamage(), legibility.legible()];
  // Graphs of LangGraph may stream nothing but data of their own.
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
