// Detects resets of HTTP/2 streams that look like ends. Node.js emits "end" for a stream that the server cancels
// (RST_STREAM with CANCEL, RFC 9113, 7), and only its `rstCode` shows the reset. undici does not check it:
// lib/dispatcher/client-h2.js, also in version 8. NO_ERROR without END_STREAM cannot be detected: its code is the same
// as that of an end.
import http2 from "node:http2";

/** Gets the error of a reset stream just before undici sees its end. */
export type OnReset = (error: Error) => void;

/**
 * Calls `connected`, in which undici starts an HTTP/2 session on a new connection, and follows the streams of that
 * session. undici does not expose the session, so this replaces `http2.connect` during the call.
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

/** The same error as Node.js reports for the other codes. */
function cancelled(): Error {
  return Object.assign(new Error("Stream closed with error code NGHTTP2_CANCEL"), { code: "ERR_HTTP2_STREAM_ERROR" });
}
