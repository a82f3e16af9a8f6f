// Who ended a stream.
import { TransportError } from "../errors.ts";
import type { Stop } from "./stop.ts";
import { ABNORMAL_CLOSURE } from "./web-socket.ts";

export const enders = ["server", "server-reset", "client", "timeout", "signal", "input-end"] as const;

/**
 * Who ended a stream: `server` closed the connection in order, `server-reset` reset it, `client` is the program behind
 * `ssescope tap`, or ssescope itself, which closes a WebSocket once its response is over; `timeout` is a limit of ours, `signal` is Ctrl-C, SIGTERM or SIGHUP, `input-end` is the end of a file or
 * a pipe.
 */
export type EndedBy = (typeof enders)[number];

/** Code of the TransportError of a response whose client went away before its end. */
export const CLIENT_CLOSED = "CLIENT_CLOSED";
/** Code of the TransportError of a WebSocket that its client closed without asking for anything. */
export const NEVER_USED = "NEVER_USED";
/** Code of the TransportError of a WebSocket that its client closed, for its response is over. */
export const RESPONSE_OVER = "RESPONSE_OVER";

/** Whether the connection was closed with nothing left to come: what came says how it ended. */
export function wasClosedInOrder(stop: Stop): boolean {
  return stop instanceof TransportError && (stop.code === NEVER_USED || stop.code === RESPONSE_OVER);
}

/** Whether the client ended the connection. Where its response is over by then, nothing is lost: it may. */
export function wasClosedByClient(stop: Stop): boolean {
  return stop instanceof TransportError && BY_CODE[stop.code] === "client";
}

/** By the codes of TransportErrors; others are of connections that never were: nobody ended them. */
const BY_CODE: Readonly<Record<string, EndedBy>> = {
  // The limits of ours.
  CONNECT_TIMEOUT: "timeout",
  HEAD_TIMEOUT: "timeout",
  IDLE_TIMEOUT: "timeout",
  MAX_TIME: "timeout",
  [CLIENT_CLOSED]: "client",
  [NEVER_USED]: "client",
  [RESPONSE_OVER]: "client",
  // undici's code for a connection that the other side closed in order, before a response or within one.
  UND_ERR_SOCKET: "server",
  PROXY_CLOSED: "server",
  ECONNRESET: "server-reset",
  EPIPE: "server-reset",
  // A stream of HTTP/2 that the server reset, or a connection that it left with an error.
  ERR_HTTP2_STREAM_ERROR: "server-reset",
  ERR_HTTP2_SESSION_ERROR: "server-reset",
  ERR_HTTP2_GOAWAY_SESSION: "server-reset",
  // A WebSocket that ended without a close frame.
  [`WEBSOCKET_${ABNORMAL_CLOSURE}`]: "server-reset",
};

/**
 * Who ended what was read. `isConnection`: a server sent it, now or when it was recorded. Null if nobody did: there was no
 * connection, or the reading stopped at a limit of size.
 */
export function endedBy(stop: Stop, isConnection: boolean): EndedBy | null {
  if (stop === "interrupted") return "signal";
  if (stop instanceof TransportError) return BY_CODE[stop.code] ?? (isCloseCode(stop.code) ? "server" : null);
  if (stop !== null) return null;
  return isConnection ? "server" : "input-end";
}

/** The code of what closeFailure makes of a close frame: the server sent it. */
function isCloseCode(code: string): boolean {
  return /^WEBSOCKET_\d+$/.test(code);
}
