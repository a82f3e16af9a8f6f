// What WebSockets have in common, live or recorded: how one begins, and what its end says.
import { TransportError } from "../errors.ts";
import type { HttpHead } from "./http-head.ts";

/** The status of a response after which the connection is a WebSocket (RFC 6455, 4.2.2). */
export const SWITCHING_PROTOCOLS = 101;

/** Whether what follows a response are the messages of a WebSocket. */
export function isWebSocket(http: Pick<HttpHead, "status"> | null): boolean {
  return http?.status === SWITCHING_PROTOCOLS;
}

/** What a connection that ends without a close frame counts as (RFC 6455, 7.1.5). */
export const ABNORMAL_CLOSURE = 1006;
/** RFC 6455, 7.4.1: a normal end, one that goes away, and one without a code. */
const ORDINARY_CLOSES: ReadonlySet<number> = new Set([1000, 1001, 1005]);
/** RFC 6455, 7.4.2 */
const FIRST_CODE = 1000;
const LAST_CODE = 4999;

/** What the code and the reason of a close frame report; null for an ordinary close, or what is not a code. */
export function closeFailure(code: number, reason: string): TransportError | null {
  if (ORDINARY_CLOSES.has(code) || code < FIRST_CODE || code > LAST_CODE) return null;
  const why = reason === "" ? "" : `: ${reason}`;
  return new TransportError(`WEBSOCKET_${code}`, `the WebSocket was closed with code ${code}${why}`);
}
