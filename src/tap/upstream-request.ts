// Sends a client's request to an upstream unchanged, and passes its response to a sink as it arrives.
import type { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import type { Line } from "../sources/http/client.ts";
import type { RawHeaders } from "./hop-headers.ts";
import type { Flow, ResponseSink } from "./response-sink.ts";
import type { Target } from "./upstreams.ts";

/** The request to send. */
export interface SentRequest {
  readonly method: string;
  readonly headers: RawHeaders;
  readonly body: Readable | null;
}

/** A request in progress. */
export interface UpstreamRequest extends Flow {
  /** Ends the request and its connection; the sink fails with this error. */
  abort(error: Error): void;
}

const FIRST_FINAL_STATUS = 200;

/** Sends a request; `sinkOf` makes the sink for the response. */
export function sendUpstream(
  { method, headers, body }: SentRequest,
  { upstream, path }: Target,
  { dispatcher }: Line,
  sinkOf: (upstreamRequest: UpstreamRequest) => ResponseSink,
): void {
  let controller: Dispatcher.DispatchController | null = null;
  let aborted: Error | null = null;
  const holders = new Set<string>();
  const sink = sinkOf({
    hold(holder) {
      holders.add(holder);
      controller?.pause();
    },
    release(holder) {
      if (holders.delete(holder) && holders.size === 0) controller?.resume();
    },
    abort(error) {
      aborted ??= error;
      controller?.abort(error);
    },
  });
  dispatcher.dispatch(
    {
      origin: upstream.url.origin,
      path,
      method,
      headers: [...headers],
      body,
      // No timeouts: a stream may be silent for as long as its client waits.
      headersTimeout: 0,
      bodyTimeout: 0,
    },
    {
      onRequestStart(started) {
        controller = started;
        if (aborted !== null) started.abort(aborted);
      },
      onResponseStart(started, status, _headers, reason = "") {
        const received = textsOf(started.rawHeaders);
        if (status < FIRST_FINAL_STATUS) sink.inform(status, received);
        else sink.begin({ status, reason, headers: received });
      },
      onResponseData: (_controller, bytes) => void sink.write(bytes),
      onResponseEnd: (ended) => sink.end(textsOf(ended.rawTrailers)),
      onResponseError: (_controller, error) => sink.fail(aborted ?? error),
    },
  );
}

/** Names and values arrive as Latin-1 bytes (RFC 9110, 5.5). */
function textsOf(headers: Dispatcher.DispatchController["rawHeaders"]): string[] {
  if (!Array.isArray(headers)) return [];
  return headers.map((part: Buffer | string) => (typeof part === "string" ? part : part.toString("latin1")));
}
