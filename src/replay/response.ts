// Sends one response of the replay: a capture at its recorded times, with the injected faults.
import { type ServerResponse, validateHeaderName, validateHeaderValue } from "node:http";
import { TransportError } from "../errors.ts";
import type { HttpExchange } from "../model/http-head.ts";
import { jsonText } from "../model/json-text.ts";
import type { JsonObject } from "../model/payload.ts";
import { isWebSocket } from "../model/web-socket.ts";
import type { Source } from "../sources/source.ts";
import { bareInput, type Input } from "../sources/input.ts";
import { BEFORE_RESET_MS, resetConnection } from "../serving/reset.ts";
import { errorBody } from "./error-body.ts";
import { cutShort, edited, type Ending, type Faults, inTransit, missedFaults, needsEvents } from "./faults.ts";
import type { Clock } from "../timing/clock.ts";
import { type Pace, paced } from "./pace.ts";
import { asRecorded, byEvent, decompressed, type Piece, headOfStream } from "./pieces.ts";
import { rewrapped, type Wrapping } from "./wrapping.ts";
import { hasId, isResumed, type Resumption, resumed } from "./resumption.ts";

const OK = 200;
const LAST_STATUS = 999;

export interface Answering {
  /** The requested path, which decides the format of errors. */
  readonly path: string;
  readonly capture: Source;
  /** The capture's length in bytes, if the recorded content-length may be sent; otherwise null. */
  readonly contentLength: number | null;
  /** A JSON document to send in place of the capture; null: none. */
  readonly document: JsonObject | null;
  /** How the API at this path wraps events that the capture holds bare; null: the capture is sent as it is. */
  readonly wrapping: Wrapping | null;
  readonly faults: Faults;
  readonly pace: Pace;
  readonly resumption: Resumption;
  /** Headers set by the user; they override those of the capture. */
  readonly headers: Readonly<Record<string, string>>;
  readonly clock: Clock;
}

/** How a response ended, for the log. */
export interface Answered {
  readonly status: number;
  readonly bytes: number;
  readonly ending: Ending | "closed early" | "reset" | "aborted";
  /** Requested faults that are placed after the end of the response, as options. */
  readonly missed: readonly string[];
}

/** Sends the response until it is over or the client leaves. Throws UserError if the capture cannot be read. */
export async function answer(response: ServerResponse, answering: Answering): Promise<Answered> {
  const { capture, faults, pace, clock, headers } = answering;
  const startMs = clock.now();
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  // Send small writes immediately.
  response.socket?.setNoDelay(true);
  if (faults.status !== null) {
    return answerError(response, answering, faults.status, `a replay responds with HTTP ${faults.status}`);
  }

  const input = answering.document === null ? await capture.open(gone.signal) : documentInput(answering.document);
  if (isWebSocket(input.exchange?.response ?? null)) {
    gone.abort();
    return answerError(response, answering, NOT_IMPLEMENTED, OVER_WEB_SOCKET);
  }
  const pieces = await piecesOf(input, answering);
  const course: { ending: Answered["ending"] } = { ending: "complete" };
  const seen = new Set<number>();
  const whole = cutShort(edited(pieces, faults, seen), faults, (early) => (course.ending = early));
  const sent = inTransit(paced(whole, pace, clock, startMs, gone.signal), faults);
  const recorded = input.exchange?.response.status ?? OK;
  // A timing file can contain any number.
  const status = recorded >= OK && recorded <= LAST_STATUS ? recorded : OK;
  const headMs = input.opening?.headMs ?? null;
  if (headMs !== null) await clock.wait(headMs / pace.speed, gone.signal);
  let bytes = 0;
  const begin = (first: Piece | null): void => {
    response.writeHead(status, { ...headersOf(input.exchange, first, answering), ...headers });
    response.flushHeaders();
  };
  if (input.exchange !== null) begin(null);
  try {
    for await (const piece of sent) {
      if (!response.headersSent) begin(piece);
      bytes += piece.bytes.length;
      await write(response, piece.bytes);
    }
  } catch (error) {
    // The recording ended with this error.
    if (!(error instanceof TransportError)) throw error;
    course.ending = error.code === CLOSED_IN_ORDER ? "closed early" : "reset";
  }
  // If the server sent no response, send none.
  const isBroken = course.ending === "reset" || course.ending === "closed early";
  if (!response.headersSent && !(isBroken && input.wasLeft?.() === false)) begin(null);
  const isShort = course.ending === "cut" || course.ending === "stalled";
  const missed = gone.signal.aborted ? [] : missedFaults(faults, isShort, seen);
  if (gone.signal.aborted) course.ending = "aborted";
  // The recording stopped before the server ended the response, so this one stays open too.
  else if (course.ending !== "cut" && !faults.reset && input.wasLeft?.() === true) course.ending = "stalled";
  return end(response, { status, bytes, ending: course.ending, missed }, answering);
}

async function piecesOf(input: Input, answering: Answering): Promise<AsyncIterable<Piece>> {
  const { capture, document, faults, resumption, wrapping } = answering;
  if (document !== null) return asRecorded(input.chunks);
  const chunks = () => decompressed(capture.name, input.chunks);
  // A recorded HTTP response already has the server's own framing.
  const wrapped = input.exchange === null ? wrapping : null;
  const events = () => (wrapped === null ? byEvent(chunks()) : rewrapped(byEvent(chunks()), wrapped));
  if (isResumed(resumption)) {
    const { lastEventId } = resumption;
    const again = lastEventId === null ? null : await capture.open(new AbortController().signal);
    const knowsId =
      again !== null &&
      lastEventId !== null &&
      (await hasId(byEvent(decompressed(capture.name, again.chunks)), lastEventId));
    return resumed(events(), resumption, knowsId);
  }
  if (needsEvents(faults)) return events();
  // A capture without times has no `closing`: send it event by event, at even intervals.
  return input.closing === undefined || wrapped !== null ? events() : asRecorded(chunks());
}

/** Turns a document into an input. */
function documentInput(document: JsonObject): Input {
  async function* chunks() {
    yield { bytes: Buffer.from(jsonText(document)), atMs: null };
  }
  return bareInput(chunks());
}

async function end(response: ServerResponse, sent: Answered, { faults, clock }: Answering): Promise<Answered> {
  if (sent.ending === "aborted") return sent;
  if (sent.ending === "reset" || (sent.ending !== "stalled" && faults.reset)) {
    await reset(response, clock);
    return { ...sent, ending: "reset" };
  }
  const closed = new Promise<void>((resolve) => response.once("close", resolve));
  // Close without ending the body, so that the client sees it cut off.
  if (sent.ending === "closed early") response.socket?.destroySoon();
  else if (sent.ending !== "stalled") response.end();
  await closed;
  return sent;
}

/** undici's code for a connection that the server closed cleanly before the body was complete. */
const CLOSED_IN_ORDER = "UND_ERR_SOCKET";

async function reset(response: ServerResponse, clock: Clock): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  await clock.wait(BEFORE_RESET_MS, gone.signal);
  if (response.socket !== null) resetConnection(response.socket);
}

/** Headers that belong to the recorded connection or its encoding, not to this one. */
const NOT_REPLAYED = new Set([
  "connection",
  "content-encoding",
  "content-length",
  "date",
  "keep-alive",
  "set-cookie",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Recorded `access-control-…` headers are not sent: the user decides with --cors which pages may read responses. */
const OF_CORS = /^access-control-/i;

/** Whether to send a recorded header. It must also be valid: a timing file can contain anything. */
function mayReplay(name: string, value: string): boolean {
  if (NOT_REPLAYED.has(name.toLowerCase()) || OF_CORS.test(name)) return false;
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

const CONTENT_TYPES: Record<string, string> = {
  sse: "text/event-stream",
  "aws-eventstream": "application/vnd.amazon.eventstream",
  ndjson: "application/x-ndjson",
  "json-array": "application/json",
  "json-documents": "application/json",
};

function headersOf(exchange: HttpExchange | null, first: Piece | null, answering: Answering): Record<string, string> {
  if (exchange !== null) {
    const recorded = Object.entries(exchange.response.headers).filter(([name, value]) => mayReplay(name, value));
    const shown = Object.fromEntries(recorded.filter(([, value]) => !value.includes("REDACTED")));
    const length = lengthOf(exchange, answering);
    return length === null ? shown : { ...shown, "content-length": length };
  }
  if (answering.document !== null) return { "content-type": "application/json" };
  const wrapping = first === null ? null : headOfStream(first)?.wrapping;
  return { "content-type": CONTENT_TYPES[wrapping ?? "sse"] ?? "text/event-stream", "cache-control": "no-cache" };
}

/** The recorded content-length, if exactly that many bytes are about to be sent. */
function lengthOf({ response }: HttpExchange, { contentLength, faults, resumption }: Answering): string | null {
  const stated = response.headers["content-length"];
  const isEdited = faults.drop.size > 0 || faults.repeat.size > 0 || isResumed(resumption);
  return stated !== undefined && stated === String(contentLength) && !isEdited ? stated : null;
}

const NOT_IMPLEMENTED = 501;
/** A WebSocket carries several responses, each requested by a message of the client. */
const OVER_WEB_SOCKET = "the capture is of a WebSocket, but replay serves only HTTP";

async function answerError(
  response: ServerResponse,
  { path, headers }: Answering,
  status: number,
  message: string,
): Promise<Answered> {
  const body = errorBody(path, status, message);
  response.writeHead(status, { "content-type": "application/json", ...headers });
  await new Promise<void>((resolve) => response.end(body, () => resolve()));
  return { status, bytes: Buffer.byteLength(body), ending: "complete", missed: [] };
}

/** Writes bytes; settles when they are handed to the system, or the client has left. */
function write(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      response.off("close", settle);
      resolve();
    };
    response.once("close", settle);
    // The bytes are valid only until the next piece, so wait until the system has them.
    response.write(bytes, settle);
  });
}
