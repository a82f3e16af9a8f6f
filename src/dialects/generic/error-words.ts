// Words of error in a payload of an unknown protocol. A dialect knows how its own errors look; here any of the shapes
// counts that servers, gateways and agents use, for an error that nobody sees is worse than a word too many.
import { asString, type JsonObject } from "../../model/payload.ts";
import { isError } from "../reader/in-band-error.ts";

/** `error`, `RUN_ERROR` (AG-UI), `stream.error`, `modelStreamErrorException` (AWS). */
const NAME_OF_ERROR = /(?:^|[^a-z])(?:error|exception)$/i;
/** The same at the end of a name in camel case. */
const CAMEL_NAME_OF_ERROR = /[a-z](?:Error|Exception)$/;
/** What FastAPI and RFC 9457 put beside `detail`; a payload of nothing else is an error. */
const KEYS_BESIDE_DETAIL: ReadonlySet<string> = new Set(["detail", "status", "code", "type", "title", "instance"]);
/** Alibaba's DashScope reports an error as `{"code": "Throttling", "message": "…", "request_id": "…"}`, without `error`. */
const KEYS_BESIDE_CODE: ReadonlySet<string> = new Set(["code", "message", "msg", "request_id", "requestId", "type"]);
/** What a `code` says if all is well. */
const GOOD_CODE = /^(?:0+|2\d\d|ok|success|succeeded|done|none)?$/i;
const FIRST_ERROR_STATUS = 400;
const LAST_ERROR_STATUS = 599;

/** Whether a payload, or the name of its event, says that something failed. */
export function hasErrorWords(value: JsonObject, eventName: string): boolean {
  if (isError(value, eventName) || isNameOfError(eventName)) return true;
  // Dify and Flowise name their events within the payload; agents' events have a type.
  // AWS has its exceptions under `__type`.
  if ([value.event, value.type, value.__type].some(isNameOfError)) return true;
  if (value.is_error === true || value.isError === true) return true;
  // Baidu's ERNIE; 0 says that all is well.
  if (isCode(value.error_code) && value.error_code !== 0) return true;
  if (Array.isArray(value.errors) && value.errors.length > 0) return true;
  return value.status === "error" || value.status === "failed" || isErrorBody(value);
}

/**
 * Whether a payload is the body of an HTTP error, which servers and gateways send as an event once the status line is out:
 * FastAPI's `{"detail": …}`, a status or a code beside a message.
 */
export function isErrorBody(value: JsonObject): boolean {
  if (value.detail !== undefined && Object.keys(value).every((key) => KEYS_BESIDE_DETAIL.has(key))) return true;
  if (isErrorAlone(value)) return true;
  const hasWords = asString(value.message) !== null || asString(value.msg) !== null;
  return hasWords && ([value.status, value.statusCode, value.code].some(isErrorStatus) || value.success === false);
}

/** A payload of nothing but a code in words and a message. */
function isErrorAlone(value: JsonObject): boolean {
  const code = asString(value.code);
  const message = asString(value.message) ?? asString(value.msg);
  if (code === null || GOOD_CODE.test(code) || (message ?? "") === "") return false;
  return Object.keys(value).every((key) => KEYS_BESIDE_CODE.has(key));
}

/** Whether an event or a type is called an error or an exception. */
export function isNameOfError(name: unknown): boolean {
  return typeof name === "string" && (NAME_OF_ERROR.test(name) || CAMEL_NAME_OF_ERROR.test(name));
}

function isCode(code: unknown): boolean {
  return typeof code === "number" || (typeof code === "string" && code !== "" && code !== "0");
}

function isErrorStatus(status: unknown): boolean {
  return typeof status === "number" && status >= FIRST_ERROR_STATUS && status <= LAST_ERROR_STATUS;
}
