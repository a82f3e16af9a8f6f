// What live and recorded WebSockets have in common: how one begins, and what its close frame means.
import { TransportError } from "../errors.ts";
import type { HttpHead } from "./http-head.ts";

/** The response status after which the connection is a WebSocket (RFC 6455, 4.2.2). */
export const SWITCHING_PROTOCOLS = 101;

/** Whether a response is followed by the messages of a WebSocket. */
export function isWebSocket(http: Pick<HttpHead, "status"> | null): boolean {
  return http?.status === SWITCHING_PROTOCOLS;
}

/** The close code of a connection that ends without a close frame (RFC 6455, 7.1.5). */
export const ABNORMAL_CLOSURE = 1006;
/** RFC 6455, 7.4.1: a normal closure, an endpoint that goes away, and a close without a code. */
const ORDINARY_CLOSES: ReadonlySet<number> = new Set([1000, 1001, 1005]);
/** RFC 6455, 7.4.2 */
const FIRST_CODE = 1000;
const LAST_CODE = 4999;

/** The failure that the code and the reason of a close frame report; null for an ordinary close or an invalid code. */
export function closeFailure(code: number, reason: string): TransportError | null {
  if (ORDINARY_CLOSES.has(code) || code < FIRST_CODE || code > LAST_CODE) return null;
  const why = reason === "" ? "" : `: ${reason}`;
  return new TransportError(`WEBSOCKET_${code}`, `the WebSocket was closed with code ${code}${why}`);
}
