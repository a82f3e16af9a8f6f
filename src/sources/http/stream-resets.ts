// Resets of HTTP/2 streams that look like their ends. Node.js reports a stream that the server cancels (RST_STREAM with
// CANCEL, RFC 9113, 7) by the event "end", and only its `rstCode` tells; the HTTP client does not look at that:
// lib/dispatcher/client-h2.js, also in version 8. NO_ERROR without END_STREAM cannot be told: its code is that of an end.
import http2 from "node:http2";

/** Is given the error of a stream just before the client takes its end for one. */
export type OnReset = (error: Error) => void;

/**
 * Calls `connected`, in which the client begins a session of HTTP/2 on a new connection, and follows the streams of that
 * session. The client keeps them to itself: for the time of this call, the function that it begins a session with is another.
 */
export function followStreams(connected: () => void, onReset: OnReset): void {
  const { connect } = http2;
  const following = (...args: Parameters<typeof connect>): http2.ClientHttp2Session => {
    const session = connect(...args);
    const request = session.request.bind(session);
    session.request = (...asked) => {
      const stream = request(...asked);
      stream.once("end", () => {
        if (stream.rstCode === http2.constants.NGHTTP2_CANCEL) onReset(cancelled());
      });
      return stream;
    };
    return session;
  };
  Object.assign(http2, { connect: following });
  try {
    connected();
  } finally {
    Object.assign(http2, { connect });
  }
}

/** As Node.js reports the other codes. */
function cancelled(): Error {
  return Object.assign(new Error("Stream closed with error code NGHTTP2_CANCEL"), { code: "ERR_HTTP2_STREAM_ERROR" });
}
