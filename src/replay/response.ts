// One response of the replay: a capture, as it was recorded, with what goes wrong on purpose.
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
  /** The path that was asked for: it tells how errors are worded there. */
  readonly path: string;
  readonly capture: Source;
  /** How long the capture is, if its recorded length may be stated; else null. */
  readonly contentLength: number | null;
  /** A JSON document that is sent in its place; null: none. */
  readonly document: JsonObject | null;
  /** How the API at that path wraps what a capture has a line each; null: the capture is sent as it is. */
  readonly wrapping: Wrapping | null;
  readonly faults: Faults;
  readonly pace: Pace;
  readonly resumption: Resumption;
  /** Headers that the user gave, over those of the capture. */
  readonly headers: Readonly<Record<string, string>>;
  readonly clock: Clock;
}

/** How a response ended, for the log. */
export interface Answered {
  readonly status: number;
  readonly bytes: number;
  readonly ending: Ending | "closed early" | "reset" | "aborted";
  /** Faults that were asked for and lie behind the end, as options. */
  readonly missed: readonly string[];
}

/** Sends the response; settled when it is over, or the client has gone. Throws UserError where the capture cannot be read. */
export async function answer(response: ServerResponse, answering: Answering): Promise<Answered> {
  const { capture, faults, pace, clock, headers } = answering;
  const startMs = clock.now();
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  // Small writes go out at once.
  response.socket?.setNoDelay(true);
  if (faults.status !== null) {
    return answerError(response, answering, faults.status, `a replay answers with HTTP ${faults.status}`);
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
  // A file of times may say anything.
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
    // The recording ended so.
    if (!(error instanceof TransportError)) throw error;
    course.ending = error.code === CLOSED_IN_ORDER ? "closed early" : "reset";
  }
  // Where there was no response there is none again.
  const isBroken = course.ending === "reset" || course.ending === "closed early";
  if (!response.headersSent && !(isBroken && input.wasLeft?.() === false)) begin(null);
  const isShort = course.ending === "cut" || course.ending === "stalled";
  const missed = gone.signal.aborted ? [] : missedFaults(faults, isShort, seen);
  if (gone.signal.aborted) course.ending = "aborted";
  // The server had not ended: nor does this one.
  else if (course.ending !== "cut" && !faults.reset && input.wasLeft?.() === true) course.ending = "stalled";
  return end(response, { status, bytes, ending: course.ending, missed }, answering);
}

async function piecesOf(input: Input, answering: Answering): Promise<AsyncIterable<Piece>> {
  const { capture, document, faults, resumption, wrapping } = answering;
  if (document !== null) return asRecorded(input.chunks);
  const chunks = () => decompressed(capture.name, input.chunks);
  // What a server sent under a name of its own is what that server sends.
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
  // Without times, that is without an end that was timed, a capture is sent evenly, event by event.
  return input.closing === undefined || wrapped !== null ? events() : asRecorded(chunks());
}

/** A document as an input. */
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
  // Without the end of the body, which the client misses.
  if (sent.ending === "closed early") response.socket?.destroySoon();
  else if (sent.ending !== "stalled") response.end();
  await closed;
  return sent;
}

/** The code of a connection that the server closed before the body was whole, and did not reset. */
const CLOSED_IN_ORDER = "UND_ERR_SOCKET";

async function reset(response: ServerResponse, clock: Clock): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  await clock.wait(BEFORE_RESET_MS, gone.signal);
  if (response.socket !== null) resetConnection(response.socket);
}

/** What belongs to a connection, or to the bytes as they were then, and not to this one. */
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

/** A header that lets pages of other origins read the response (`access-control-…`) is for the user to add: --cors. */
const OF_CORS = /^access-control-/i;

/** Whether a header belongs to the response, and is one: a file of times may say anything. */
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

/** The length that was stated, if so many bytes are sent unless the connection breaks. */
function lengthOf({ response }: HttpExchange, { contentLength, faults, resumption }: Answering): string | null {
  const stated = response.headers["content-length"];
  const isEdited = faults.drop.size > 0 || faults.repeat.size > 0 || isResumed(resumption);
  return stated !== undefined && stated === String(contentLength) && !isEdited ? stated : null;
}

const NOT_IMPLEMENTED = 501;
/** Its messages are those of several responses, each of which was asked for by a message of the client. */
const OVER_WEB_SOCKET = "the capture holds the messages of a WebSocket, and a replay serves HTTP";

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

/** Waits while the client is behind, or until it has gone. */
function write(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      response.off("close", settle);
      resolve();
    };
    response.once("close", settle);
    // The bytes are lent: it goes on when they are with the system.
    response.write(bytes, settle);
  });
}
