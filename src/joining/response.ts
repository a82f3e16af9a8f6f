// Checks whether a response is an event stream, and describes it if not.
import { headOf } from "../model/http-head.ts";
import type { Input } from "../sources/input.ts";

const STATUS_OK = 200;
const STATUS_NO_CONTENT = 204;
const EVENT_STREAM = /^\s*text\/event-stream\s*(?:;|$)/i;

/** Whether the standard accepts the response as an event stream; any other fails the connection. */
export function isEventStream({ exchange }: Input): boolean {
  if (exchange === null) return false;
  const { status, contentType } = headOf(exchange);
  return status === STATUS_OK && contentType !== null && EVENT_STREAM.test(contentType);
}

/** Whether the status is 200, whatever the content type. */
export function isGood({ exchange }: Input): boolean {
  return exchange?.response.status === STATUS_OK;
}

/** Says why a response is not an event stream. */
export function describeAnswer({ exchange }: Input): string {
  if (exchange === null) return "not an HTTP response";
  const { status, statusText, contentType } = headOf(exchange);
  if (status !== STATUS_OK) return `HTTP ${status} ${statusText}`.trimEnd();
  return contentType === null
    ? "the response has no content type"
    : `the response is ${contentType}, not an event stream`;
}

/** Whether the server asks an EventSource to stop reconnecting. */
export function isNoContent({ exchange }: Input): boolean {
  return exchange?.response.status === STATUS_NO_CONTENT;
}
