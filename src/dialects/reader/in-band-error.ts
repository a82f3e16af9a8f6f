// Errors that come inside a stream, after the server has said that all is well, in the shapes that providers and
// gateways give them: `{type: "error", code, message}`, `{type: "error", error: {…}}`, `{error: {…}}`, `{error: "…"}`.
import type { StreamError } from "../../model/facts.ts";
import { asObject, asString, type JsonObject } from "../../model/payload.ts";

/** True where a payload, or the name of its event, says that it is an error. */
export function isError(value: JsonObject, eventName: string): boolean {
  // Some servers say with every event that the error is "".
  const hasWord = (asString(value.error) ?? "") !== "";
  return value.type === "error" || eventName === "error" || asObject(value.error) !== null || hasWord;
}

/** Reads an error in any of the shapes; what it does not say is null. */
export function readError(value: JsonObject): StreamError {
  const nested = asObject(value.error);
  const { type, code, message, status } = nested ?? value;
  // `{error: "…"}`: the error itself, or a word for it beside a message.
  const word = asString(value.error);
  return {
    type: nested === null && type === "error" ? null : asString(type),
    code: asWord(code) ?? asString(status) ?? (asString(message) === null ? null : word),
    message: asString(message) ?? word ?? asString(value.message),
  };
}

/** Codes are words to some and numbers to others. */
function asWord(value: unknown): string | null {
  return typeof value === "number" ? String(value) : asString(value);
}
