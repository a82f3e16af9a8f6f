// Errors inside a stream, after a successful status, in the shapes that providers and gateways use: `{type: "error",
// code, message}`, `{type: "error", error: {…}}`, `{error: {…}}`, `{error: "…"}`, and text: `error: …`.
import type { StreamError } from "../../model/facts.ts";
import { asObject, asObjects, asString, type JsonObject, type Payload, parsePayload } from "../../model/payload.ts";

/** True if a payload, or the name of its event, marks an error. */
export function isError(value: JsonObject, eventName: string): boolean {
  // Some servers send `error: ""` with every event.
  const hasWord = (asString(value.error) ?? "") !== "";
  return value.type === "error" || eventName === "error" || asObject(value.error) !== null || hasWord;
}

/** Reads an error in any of the shapes; missing parts are null. */
export function readError(value: JsonObject): StreamError {
  const nested = asObject(value.error);
  const { type, code, message, status } = nested ?? value;
  // `{error: "…"}`: the error itself, or its code beside a message.
  const word = asString(value.error);
  return {
    // AWS names its exceptions in `__type`.
    type: nested === null && type === "error" ? null : (asString(type) ?? asString(value.__type)),
    code: asWord(code) ?? asWord(value.error_code) ?? asString(status) ?? (asString(message) === null ? null : word),
    message: asString(message) ?? word ?? asString(value.message) ?? otherMessageOf(nested ?? value),
  };
}

/** Keys that servers use for the text when there is no `message`. */
const OTHER_KEYS = [
  "error_msg",
  "error_message",
  "errorText",
  "error_description",
  "msg",
  "detail",
  "text",
  "data",
  "description",
  "reason",
  "title",
  // The last line of Claude Code's `stream-json`: https://github.com/anthropics/claude-code/issues/75298
  "result",
] as const;

function otherMessageOf(value: JsonObject): string | null {
  const texts = OTHER_KEYS.map((key) => asString(value[key]));
  const said = texts.find((text) => text !== null && text !== "");
  if (said !== undefined) return said;
  // FastAPI lists what is invalid: `{"detail": [{"loc": …, "msg": "field required"}]}`.
  const [listed] = [...asObjects(value.detail), ...asObjects(value.errors)];
  const [word] = Array.isArray(value.errors) ? value.errors : [];
  const { msg, message } = listed ?? asObject(value.detail) ?? {};
  return asString(word) ?? asString(msg) ?? asString(message);
}

/** `event: error` with a text or a JSON string instead of an object. */
export function readErrorEvent(eventName: string, data: string, payload: Payload): StreamError | null {
  if (eventName !== "error" || data === "") return null;
  return readErrorText(data) ?? textError(data, payload);
}

/** An error in data that is not an object. */
export function textError(data: string, payload: Payload): StreamError | null {
  if (payload.type === "object" || payload.type === "done-sentinel") return null;
  return { type: null, code: null, message: (payload.type === "json" ? asString(payload.value) : null) ?? data };
}

/** `error: …` or `[ERROR] …`, which servers send as data or as a line of its own. */
const ERROR_WORDS = /^\s*(?:error:|\[error\]:?)\s*(\S[^]*)$/i;
/** The first line of a Python traceback; its last line names the exception. */
const TRACEBACK = "Traceback (most recent call last):";

/**
 * The error that a text reports: JSON in one of the shapes above (also in an array, as Gemini sends it), or words after
 * `error:`; null if it reports none.
 */
export function readErrorText(text: string): StreamError | null {
  const words = ERROR_WORDS.exec(text)?.[1]?.trim() ?? null;
  const payload = parsePayload((words ?? text).trim());
  const value = payload.type === "json" ? (asObjects(payload.value)[0] ?? null) : asObjectOf(payload);
  if (value !== null && (words !== null || isError(value, ""))) return readError(value);
  if (words !== null) return { type: null, code: null, message: words };
  const lines = text.trim();
  if (!lines.startsWith(TRACEBACK)) return null;
  return { type: null, code: null, message: lines.slice(lines.lastIndexOf("\n") + 1).trim() };
}

function asObjectOf(payload: ReturnType<typeof parsePayload>): JsonObject | null {
  return payload.type === "object" ? payload.value : null;
}

/** Codes are words in some APIs and numbers in others. */
function asWord(value: unknown): string | null {
  return typeof value === "number" ? String(value) : asString(value);
}
