// Determines who ended a stream.
import { TransportError } from "../errors.ts";
import type { Stop } from "./stop.ts";
import { ABNORMAL_CLOSURE } from "./web-socket.ts";

export const enders = ["server", "server-reset", "client", "timeout", "signal", "input-end"] as const;

/**
 * Who ended a stream: `server` closed the connection cleanly; `server-reset` reset it; `client` is the program behind
 * `ssescope tap`, or ssescope itself, which closes a WebSocket once its response is over; `timeout` is one of our
 * limits; `signal` is Ctrl-C, SIGTERM or SIGHUP; `input-end` is the end of a file or a pipe.
 */
export type EndedBy = (typeof enders)[number];

/** Code of the TransportError for a response whose client went away before its end. */
export const CLIENT_CLOSED = "CLIENT_CLOSED";
/** Code of the TransportError for a WebSocket that its client closed without sending a request. */
export const NEVER_USED = "NEVER_USED";
/** Code of the TransportError for a WebSocket that its client closed because its response was over. */
export const RESPONSE_OVER = "RESPONSE_OVER";

/** Whether the connection was closed with nothing outstanding, so that the events decide how it ended. */
export function wasClosedCleanly(stop: Stop): boolean {
  return stop instanceof TransportError && (stop.code === NEVER_USED || stop.code === RESPONSE_OVER);
}

/** Whether the client ended the connection. If its response is over by then, nothing is lost. */
export function wasClosedByClient(stop: Stop): boolean {
  return stop instanceof TransportError && BY_CODE[stop.code] === "client";
}

/** By TransportError code; other codes are for connections that were never established. */
const BY_CODE: Readonly<Record<string, EndedBy>> = {
  // Our own limits.
  CONNECT_TIMEOUT: "timeout",
  HEAD_TIMEOUT: "timeout",
  IDLE_TIMEOUT: "timeout",
  MAX_TIME: "timeout",
  [CLIENT_CLOSED]: "client",
  [NEVER_USED]: "client",
  [RESPONSE_OVER]: "client",
  // undici's code for a connection that the other side closed cleanly, before or during a response.
  UND_ERR_SOCKET: "server",
  PROXY_CLOSED: "server",
  ECONNRESET: "server-reset",
  EPIPE: "server-reset",
  // An HTTP/2 stream that the server reset, or a connection that it ended with an error.
  ERR_HTTP2_STREAM_ERROR: "server-reset",
  ERR_HTTP2_SESSION_ERROR: "server-reset",
  ERR_HTTP2_GOAWAY_SESSION: "server-reset",
  // A WebSocket that ended without a close frame.
  [`WEBSOCKET_${ABNORMAL_CLOSURE}`]: "server-reset",
};

/**
 * Who ended the input. `isConnection`: it was sent by a server, now or when it was recorded. Null if there was no
 * connection, or reading stopped at a size limit.
 */
export function endedBy(stop: Stop, isConnection: boolean): EndedBy | null {
  if (stop === "interrupted") return "signal";
  if (stop instanceof TransportError) return BY_CODE[stop.code] ?? (isCloseCode(stop.code) ? "server" : null);
  if (stop !== null) return null;
  return isConnection ? "server" : "input-end";
}

/**
 * Whether the input is a recording that Ctrl-C, another signal or a kill ended: the server did not, so the stream may have
 * continued.
 */
export function wasRecordingInterrupted(stop: Stop, ender: EndedBy | null): boolean {
  return stop === null && ender === "signal";
}

/** Whether closeFailure made the code from a close frame, which the server sent. */
function isCloseCode(code: string): boolean {
  return /^WEBSOCKET_\d+$/.test(code);
}
