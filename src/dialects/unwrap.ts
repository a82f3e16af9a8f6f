// The stage between framing and dialect: some events hold another event, for example those of Amazon Bedrock for models
// that it passes through. Takes an event, gives the one inside, at the same place in the input.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_PayloadPart.html
import type { StreamError } from "../model/facts.ts";
import { asIndex, asObject, asString, type JsonObject, type Payload, parsePayload } from "../model/payload.ts";
import { type WireEvent, UNNAMED_EVENT } from "../model/wire.ts";

export interface Unwrapped {
  readonly event: WireEvent;
  readonly payload: Payload;
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
/** Characters that only appear when decoding something that is not encoded text. */
// oxlint-disable-next-line no-control-regex
const NO_TEXT = /[\0-\x08\x0e-\x1f\ufffd]/;
const BEGINNING_OF_OBJECT = /^\s*\{/;

/**
 * The event inside an event, with its payload parsed: `{"bytes": …}` as sent in a frame, `{"chunk": {"bytes": …}}` as
 * SDKs give it. Null if there is none. Unless `always`, also null if the bytes are not a JSON object: then they are the
 * event's own content.
 */
export function unwrap(event: WireEvent, payload: Payload, always: boolean): Unwrapped | null {
  const data = wrappedText(payload);
  if (data === null || !(always || BEGINNING_OF_OBJECT.test(data))) return null;
  return { event: { ...event, event: UNNAMED_EVENT, data }, payload: parsePayload(data) };
}

/** The text inside a wrapping event; null if it wraps nothing. */
export function wrappedText(payload: Payload): string | null {
  if (payload.type !== "object") return null;
  const { bytes, chunk } = payload.value;
  // Most events have neither.
  if (bytes === undefined && chunk === undefined) return null;
  const wrapped = bytes ?? asObject(chunk)?.bytes;
  return wrapped === undefined ? null : textOf(wrapped);
}

/**
 * The text of bytes, as each SDK's language prints them: Base64, a list or an object of numbers (JavaScript), or the
 * text itself (Python); null for anything else.
 */
export function textOf(bytes: unknown): string | null {
  const text = asString(bytes);
  if (text !== null) return BASE64.test(text) ? (decode(text) ?? text) : text;
  const list = listOf(bytes);
  return list !== null && list.every(isByte) ? Buffer.from(list).toString() : null;
}

/** The decoded text; null if it is not Base64 of text. */
function decode(base64: string): string | null {
  const text = Buffer.from(base64, "base64").toString();
  return NO_TEXT.test(text) ? null : text;
}

/** `[123, …]`, `{"0": 123, …}`, and `{"type": "Buffer", "data": [123, …]}`. */
function listOf(bytes: unknown): readonly unknown[] | null {
  if (Array.isArray(bytes)) return bytes;
  const value = asObject(bytes);
  if (value === null) return null;
  return Array.isArray(value.data) ? value.data : Object.values(value);
}

function isByte(value: unknown): value is number {
  const byte = asIndex(value);
  return byte !== null && byte <= 0xff;
}

/**
 * The failure in a frame that is not an event: an exception of the service, or an error of the connection; else null.
 * https://smithy.io/2.0/aws/amazon-eventstream.html#protocol-message-types
 */
export function failureOf({ headers, data }: WireEvent): StreamError | null {
  const messageType = headers?.[":message-type"];
  if (headers === undefined || messageType === undefined) return null;
  if (messageType === "exception") {
    return { type: headers[":exception-type"] ?? null, code: null, message: messageOf(data) };
  }
  const { ":error-code": code = null, ":error-message": message = messageOf(data) } = headers;
  return messageType === "error" ? { type: null, code, message } : null;
}

/** An exception as SDKs give it: `{"throttlingException": {"message": …}}`. */
const EXCEPTION = /^[a-z]\w{0,60}Exception$/;

/** The failure in an event that an SDK decoded; else null. */
export function decodedFailureOf(payload: Payload): StreamError | null {
  if (payload.type !== "object") return null;
  const [type, ...others] = Object.keys(payload.value);
  if (type === undefined || others.length > 0 || !EXCEPTION.test(type)) return null;
  const message = asString(asObject(payload.value[type])?.message);
  return message === null ? null : { type, code: null, message };
}

function messageOf(data: string): string | null {
  const payload = parsePayload(data);
  const value: JsonObject = payload.type === "object" ? payload.value : {};
  const said = asString(value.message) ?? asString(value.Message) ?? asString(value.originalMessage);
  return said ?? (data.trim() || null);
}
