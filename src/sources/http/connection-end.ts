// How a connection really ended. The HTTP client takes a reset for the end of a response that goes on until its connection
// ends, and calls other early ends of such connections invalid HTTP: lib/dispatcher/client-h1.js, onHttpSocketError.
import type { Socket } from "node:net";
import { DecoratorHandler, type Dispatcher } from "undici";

/** The end of the last connection that was made. */
export interface ConnectionEnd {
  /** What the system said of it; null: nothing. */
  failure: Error | null;
  /** The server has closed its half in order. */
  isClosed: boolean;
  /** Of the HTTP/2 stream that ends now, if the server has reset it; null: it has not. */
  reset: Error | null;
}

export function notEnded(): ConnectionEnd {
  return { failure: null, isClosed: false, reset: null };
}

/** Follows a connection before the client does. */
export function followEnd(socket: Socket, end: ConnectionEnd): void {
  Object.assign(end, notEnded());
  socket.once("error", (error) => {
    // The client destroys a connection with errors of its own.
    if ("syscall" in error) end.failure = error;
  });
  socket.once("end", () => (end.isClosed = true));
}

/** Lets responses end as their connection did. */
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

/** Its Content-Length is that of a body that is not sent (RFC 9110, 15.4.5). */
const NOT_MODIFIED = 304;

/** What the client says where a response is not whole. */
function isMistaken(error: Error): boolean {
  const isShort = "code" in error && error.code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH";
  return isShort || error.name === "HTTPParserError";
}

/** With the client's own code for it. */
function closed(): Error {
  return Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" });
}
