// Detects errors in payloads of an unknown protocol. A dialect knows the form of its own errors; here any form that
// servers, gateways and agents use counts, because a missed error is worse than a false one.
import { asString, type JsonObject } from "../../model/payload.ts";
import { isError } from "../reader/in-band-error.ts";

/** `error`, `RUN_ERROR` (AG-UI), `stream.error`, `modelStreamErrorException` (AWS). */
const NAME_OF_ERROR = /(?:^|[^a-z])(?:error|exception)$/i;
/** The same at the end of a name in camel case. */
const CAMEL_NAME_OF_ERROR = /[a-z](?:Error|Exception)$/;
/** Fields that FastAPI and RFC 9457 put beside `detail`; a payload with only these is an error. */
const KEYS_BESIDE_DETAIL: ReadonlySet<string> = new Set(["detail", "status", "code", "type", "title", "instance"]);
/** Alibaba's DashScope reports an error as `{"code": "Throttling", "message": "…", "request_id": "…"}`, without `error`. */
const KEYS_BESIDE_CODE: ReadonlySet<string> = new Set(["code", "message", "msg", "request_id", "requestId", "type"]);
/** Values of `code` for success. */
const GOOD_CODE = /^(?:0+|2\d\d|ok|success|succeeded|done|none)?$/i;
const FIRST_ERROR_STATUS = 400;
const LAST_ERROR_STATUS = 599;

/** Whether a payload, or the name of its event, reports a failure. */
export function hasErrorWords(value: JsonObject, eventName: string): boolean {
  if (isError(value, eventName) || isNameOfError(eventName)) return true;
  // Dify and Flowise name their events within the payload; agents' events have a type.
  // AWS names its exceptions in `__type`.
  if ([value.event, value.type, value.__type].some(isNameOfError)) return true;
  if (value.is_error === true || value.isError === true) return true;
  // Baidu's ERNIE; 0 means success.
  if (isCode(value.error_code) && value.error_code !== 0) return true;
  if (Array.isArray(value.errors) && value.errors.length > 0) return true;
  return value.status === "error" || value.status === "failed" || isErrorBody(value);
}

/**
 * Whether a payload is the body of an HTTP error, which servers and gateways send as an event after the status line:
 * FastAPI's `{"detail": …}`, or a status or a code beside a message.
 */
export function isErrorBody(value: JsonObject): boolean {
  if (value.detail !== undefined && Object.keys(value).every((key) => KEYS_BESIDE_DETAIL.has(key))) return true;
  if (isErrorAlone(value)) return true;
  const hasWords = asString(value.message) !== null || asString(value.msg) !== null;
  return hasWords && ([value.status, value.statusCode, value.code].some(isErrorStatus) || value.success === false);
}

/** Whether a payload has only a code and a message. */
function isErrorAlone(value: JsonObject): boolean {
  const code = asString(value.code);
  const message = asString(value.message) ?? asString(value.msg);
  if (code === null || GOOD_CODE.test(code) || (message ?? "") === "") return false;
  return Object.keys(value).every((key) => KEYS_BESIDE_CODE.has(key));
}

/** Whether an event or a type is named an error or an exception. */
export function isNameOfError(name: unknown): boolean {
  return typeof name === "string" && (NAME_OF_ERROR.test(name) || CAMEL_NAME_OF_ERROR.test(name));
}

function isCode(code: unknown): boolean {
  return typeof code === "number" || (typeof code === "string" && code !== "" && code !== "0");
}

function isErrorStatus(status: unknown): boolean {
  return typeof status === "number" && status >= FIRST_ERROR_STATUS && status <= LAST_ERROR_STATUS;
}
