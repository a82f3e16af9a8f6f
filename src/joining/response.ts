// Whether a response is a stream that can go on, and what it is instead.
import { headOf } from "../model/http-head.ts";
import type { Input } from "../sources/input.ts";

const STATUS_OK = 200;
const STATUS_NO_CONTENT = 204;
const EVENT_STREAM = /^\s*text\/event-stream\s*(?:;|$)/i;

/** Whether a response is what the standard goes on with: any other fails the connection. */
export function isEventStream({ exchange }: Input): boolean {
  if (exchange === null) return false;
  const { status, contentType } = headOf(exchange);
  return status === STATUS_OK && contentType !== null && EVENT_STREAM.test(contentType);
}

/** Whether a response says that all is well, be it a stream or not. */
export function isGood({ exchange }: Input): boolean {
  return exchange?.response.status === STATUS_OK;
}

/** What is wrong with a response that is no event stream, for people. */
export function describeAnswer({ exchange }: Input): string {
  if (exchange === null) return "the answer is no HTTP";
  const { status, statusText, contentType } = headOf(exchange);
  if (status !== STATUS_OK) return `HTTP ${status} ${statusText}`.trimEnd();
  return contentType === null ? "the answer has no content type" : `the answer is ${contentType}, no event stream`;
}

/** Whether a server tells an EventSource to come no more. */
export function isNoContent({ exchange }: Input): boolean {
  return exchange?.response.status === STATUS_NO_CONTENT;
}
