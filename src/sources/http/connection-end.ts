// Finds how a connection really ended. undici takes a reset for the end of a response that lasts until its connection
// ends, and reports other early ends of such connections as invalid HTTP: lib/dispatcher/client-h1.js,
// onHttpSocketError.
import type { Socket } from "node:net";
import { DecoratorHandler, type Dispatcher } from "undici";

/** The end of the last new connection. */
export interface ConnectionEnd {
  /** The system's error; null: none. */
  failure: Error | null;
  /** The server has closed its side cleanly. */
  isClosed: boolean;
  /** The server's reset of the current HTTP/2 stream; null: none. */
  reset: Error | null;
}

export function notEnded(): ConnectionEnd {
  return { failure: null, isClosed: false, reset: null };
}

/** Follows a connection's end; must be called before undici adds its listeners. */
export function followEnd(socket: Socket, end: ConnectionEnd): void {
  Object.assign(end, notEnded());
  socket.once("error", (error) => {
    // undici destroys connections with its own errors, which have no `syscall`.
    if ("syscall" in error) end.failure = error;
  });
  socket.once("end", () => (end.isClosed = true));
}

/** Makes responses end the way their connection did. */
export function endAsConnection(end: ConnectionEnd): Dispatcher.DispatcherComposeInterceptor {
  function asEnded(error: Error): Error {
    if (!isMistaken(error)) return error;
    return end.failure ?? (end.isClosed ? closed() : error);
  }

  return (dispatch) => (options, given) => {
    const handler: Dispatcher.DispatchHandler = new DecoratorHandler(given);
    const start = handler.onResponseStart?.bind(handler);
    const succeed = handler.onResponseEnd?.bind(handler);
    const fail = handler.onResponseError?.bind(handler);
    let hasBody = true;
    const honest: Dispatcher.DispatchHandler = {
      onResponseStart(controller, status, headers, reason) {
        hasBody = status !== NOT_MODIFIED;
        start?.(controller, status, headers, reason);
      },
      onResponseEnd(controller, trailers) {
        const failure = end.failure ?? end.reset;
        end.reset = null;
        if (failure === null) succeed?.(controller, trailers);
        else fail?.(controller, failure);
      },
      onResponseError(controller, error) {
        if (hasBody || !isMistaken(error)) fail?.(controller, asEnded(error));
        else succeed?.(controller, {});
      },
    };
    return dispatch(options, Object.assign(handler, honest));
  };
}

/** The Content-Length of this status describes a body that is not sent (RFC 9110, 15.4.5). */
const NOT_MODIFIED = 304;

/** Whether this is undici's error for an incomplete response. */
function isMistaken(error: Error): boolean {
  const isShort = "code" in error && error.code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH";
  return isShort || error.name === "HTTPParserError";
}

/** A clean close, with undici's code for it. */
function closed(): Error {
  return Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" });
}
