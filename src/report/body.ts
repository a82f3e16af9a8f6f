// Describes a body that is not a stream: an HTML page, a JSON document, text, or nothing.
import { isError, readError } from "../dialects/reader/in-band-error.ts";
import type { Listener } from "../model/listener.ts";
import { describeRequest } from "../dialects/requests.ts";
import type { HttpHead } from "../model/http-head.ts";
import type { StreamError } from "../model/facts.ts";
import { describePrintedValue } from "./printed-value.ts";
import { describeLargeResponse, describeWholeResponse, isWholeResponse } from "./whole-response.ts";
import { describeOwnOutput } from "../model/own-output.ts";
import { jsonText } from "../model/json-text.ts";
import { formatCount } from "../wording/counts.ts";
import { describeMarkup } from "../wording/markup.ts";
import { asObject, asObjects, asString, type JsonObject, parsePayload, type Payload } from "../model/payload.ts";

/** Bytes examined at the beginning of the body; enough for any server's error. */
const HEAD_BYTES = 64 * 1024;

export interface BodyHead extends Listener {
  bytes(bytes: Uint8Array): void;
  /** The body is empty. */
  isEmpty(): boolean;
  /**
   * Describes the body as an error; null if it looks like the beginning of an event stream. `http`: status and headers
   * before it; `documents`: how many JSON documents it was read as.
   */
  describe(http: HttpHead | null, documents?: number): StreamError | null;
  /** Whether the body was written by ssescope: reports or rows, not a stream. */
  isOwnOutput(): boolean;
  /** Whether the body is a provider's whole response, as one JSON document. */
  isWholeResponse(): boolean;
}

/** Keeps the beginning of a body in case it is not a stream. */
export function createBodyHead(): BodyHead {
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let complete = true;
  return {
    bytes(bytes) {
      if (keptBytes === HEAD_BYTES) {
        complete &&= bytes.length === 0;
        return;
      }
      const piece = Buffer.from(bytes.subarray(0, HEAD_BYTES - keptBytes));
      complete = piece.length === bytes.length;
      kept.push(piece);
      keptBytes += piece.length;
    },
    isEmpty: () => keptBytes === 0,
    isOwnOutput: () => describeOwnOutput(Buffer.concat(kept).toString()) !== null,
    isWholeResponse() {
      const value = asObjectPayload(parsePayload(new TextDecoder().decode(Buffer.concat(kept))));
      return value !== null && isWholeResponse(value);
    },
    describe(http, documents = 1) {
      const bytes = Buffer.concat(kept);
      const text = new TextDecoder().decode(bytes).trim();
      if (text === "") return asMessage(describeNothing(http, bytes.length === 0));
      const own = describeOwnOutput(text);
      if (own !== null) return asMessage(own);
      if (documents > 1) return describeDocuments(text, documents);
      return describeBinary(bytes) ?? describe(text, complete, asksForStream(http));
    },
  };
}

/** An empty input, or an empty body. */
function describeNothing(http: HttpHead | null, isEmpty: boolean): string {
  const what = isEmpty ? "empty" : "blank";
  if (http === null) return `the input is ${what}`;
  const type = http.contentType === null ? "" : ` (${http.contentType})`;
  return `HTTP ${http.status}${type} with ${isEmpty ? "an" : "a"} ${what} body: no events`;
}

/** Detected by their first bytes: gzip (RFC 1952), and UTF-16 with a byte order mark, which some shells write. */
const GZIP = [0x1f, 0x8b];
const UTF_16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

function describeBinary(bytes: Uint8Array): StreamError | null {
  const beginsWith = ([first, second]: readonly number[]) => bytes[0] === first && bytes[1] === second;
  if (beginsWith(GZIP)) return asMessage("gzip data: decompress it first, for example with curl --compressed");
  if (UTF_16.some(beginsWith)) return asMessage("text in UTF-16: convert it to UTF-8 first");
  return bytes.includes(0) ? asMessage("binary data, not an event stream") : null;
}

/** Whether the request is known and asks for a stream. */
function asksForStream(http: HttpHead | null): boolean {
  return http?.request !== undefined && describeRequest(http.request).stream === true;
}

function describe(text: string, complete: boolean, wasAsked: boolean): StreamError | null {
  if (text.startsWith("<")) return asMessage(describeMarkup(text));
  if (text.startsWith("{") || text.startsWith("[")) return describeJson(text, complete, wasAsked);
  if (looksLikeEventStream(text)) return null;
  const printed = describePrintedValue(text);
  if (printed !== null) return asMessage(printed);
  return asMessage(`text, not an event stream: ${firstLine(text, LONGEST_EXCERPT)}`);
}

/** JSON documents in no known dialect. If one of them contains an error, that is the description. */
function describeDocuments(text: string, documents: number): StreamError {
  const runTogether = /^[^\n]*\}[ \t]*\{/.test(text);
  const count = `${formatCount(documents)} JSON values`;
  return asMessage(
    runTogether
      ? `${count} run together without line ends, in no known dialect: write each on a line of its own`
      : `${count} one after the other, in no known dialect`,
  );
}

function describeJson(text: string, complete: boolean, wasAsked: boolean): StreamError {
  const payload = parsePayload(text);
  // Gemini wraps its errors in an array.
  const value = payload.type === "json" ? (asObjects(payload.value)[0] ?? null) : asObjectPayload(payload);
  if (value !== null && isError(value, "")) return readError(value);
  if (value !== null) {
    const error = readPlainError(value);
    if (error !== null) return error;
    const whole = payload.type === "object" ? describeWholeResponse(value, wasAsked) : null;
    if (whole !== null) return asMessage(whole);
    const nested = readNestedError(value);
    if (nested !== null) return nested;
    return asMessage(`a JSON document${typeof value.object === "string" ? ` (${value.object})` : ""}, not a stream`);
  }
  if (payload.type === "json") return asMessage("a JSON document, not a stream");
  if (!complete) return asMessage(describeLargeResponse(text, wasAsked) ?? "a large JSON document, not a stream");
  const isLines = parsePayload(firstLine(text, text.length)).type === "object";
  const printed = isLines ? null : describePrintedValue(text);
  return asMessage(
    printed !== null
      ? printed
      : isLines
        ? "lines of JSON, not an event stream: --framing ndjson reads them"
        : "text that begins like JSON but does not parse",
  );
}

/**
 * Errors in shapes that only bodies have: `detail`, as text or as a list (FastAPI); `error_code` and `error_msg`
 * (Baidu's ERNIE); `message` or `msg`, with or without `code`. Null if the document has none of these.
 */
function readPlainError(value: JsonObject): StreamError | null {
  const { detail, message, msg, error_msg: errorMessage, error_code: errorCode } = value;
  const list = Array.isArray(detail) ? jsonText(detail) : null;
  const text = asString(errorMessage) ?? asString(detail) ?? list ?? asString(message) ?? asString(msg);
  if (text === null && errorCode === undefined) return null;
  const code = errorCode ?? value.code;
  const isWord = typeof code === "string" || typeof code === "number";
  return { type: null, code: isWord ? String(code) : null, message: text };
}

const MESSAGE_KEY = /^(?:err(?:or)?_?(?:msg|message|description)|status_?msg|fault_?string|message|msg|reason)$/i;
const CODE_KEY = /^(?:err(?:or)?_?code|status_?code|code|errno)$/i;
const MOST_LEVELS = 3;
const MOST_OBJECTS = 100;

/** An error that a gateway or a provider nests in an envelope of its own; null if there is none. */
function readNestedError(value: JsonObject): StreamError | null {
  let level: readonly JsonObject[] = [value];
  for (let depth = 0; depth < MOST_LEVELS; depth += 1) {
    for (const object of level) {
      const entries = Object.entries(object);
      const entry = entries.find(([key, text]) => MESSAGE_KEY.test(key) && typeof text === "string" && text !== "");
      if (entry === undefined) continue;
      const code = entries.find(([key, word]) => CODE_KEY.test(key) && /^(?:string|number)$/.test(typeof word));
      return { type: null, code: code === undefined ? null : String(code[1]), message: String(entry[1]) };
    }
    level = level
      .flatMap((object) => Object.values(object).flatMap((inner) => [asObject(inner) ?? [], asObjects(inner)].flat()))
      .slice(0, MOST_OBJECTS);
  }
  return null;
}

function asObjectPayload(payload: Payload): JsonObject | null {
  return payload.type === "object" ? payload.value : null;
}

/**
 * The text has a line with data, an event's name or a comment; or all its lines are SSE fields (a single one is not
 * enough: other texts have keys named `id`); or all of it is the beginning of a field's name.
 */
function looksLikeEventStream(text: string): boolean {
  if (/^(?:(?:data|event)(?::|$)|:)/m.test(text)) return true;
  if (text.split(/\r\n|\r|\n/).every((line) => /^(?:(?:id|retry)(?::|$)|$)/.test(line))) return true;
  return ["data", "event", "id", "retry"].some((name) => name.startsWith(text));
}

const LONGEST_EXCERPT = 200;

function firstLine(text: string, length: number): string {
  return text.split(/\r?\n|\r/, 1)[0]?.slice(0, length) ?? "";
}

function asMessage(message: string): StreamError {
  return { type: null, code: null, message };
}
