// One request that a tap forwards, and its response: to the client as the upstream sends it, to ssescope as a source
// like any other.
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import { TransportError } from "../errors.ts";
import { CLIENT_CLOSED } from "../model/ended-by.ts";
import type { HttpExchange } from "../model/http-head.ts";
import { errorBody } from "../replay/error-body.ts";
import type { Faults } from "../replay/faults.ts";
import type { Hop, Line } from "../sources/http/client.ts";
import { describeRequest } from "../sources/http/exchange.ts";
import { secretHeadersIn } from "../sources/http/request.ts";
import { maskUrl, secretsOf } from "../sources/secrets.ts";
import type { Source } from "../sources/source.ts";
import { withFaults } from "./faulty.ts";
import { recordOf, requestHeadersOf, withoutHeaders } from "./hop-headers.ts";
import { createInspected, type Inspected } from "./inspected.ts";
import { createOutlet } from "./outlet.ts";
import { CLIENT, INSPECTION, type ResponseSink, toBoth } from "./response-sink.ts";
import { type SentBody, sentBodyOf } from "./sent-body.ts";
import { sendUpstream, type UpstreamRequest } from "./upstream-request.ts";
import type { Target } from "./upstreams.ts";

/** A request that was forwarded. */
export interface Exchange {
  /** Counted from 1, in the order in which requests arrived. */
  readonly number: number;
  readonly method: string;
  /** Path and query at the upstream, without secrets. */
  readonly path: string;
  /** The response, as a source like a URL. It can be opened once. */
  readonly source: Source;
  /** Whether the response has ended, even if it is not fully read yet. */
  readonly isOver: () => boolean;
  readonly sent: SentBody;
  /** The keys in the request: no output may show them. */
  readonly secrets: readonly string[];
}

/** What an exchange needs besides its request. */
export interface ForwardContext {
  readonly number: number;
  readonly target: Target;
  readonly line: Line;
  readonly connectTimeoutMs: number;
  readonly isProxied: boolean;
  /** Secrets that no output may show: the passwords of proxies. */
  readonly secrets: readonly string[];
  readonly maxDecodedBytes: number;
  /** Faults to inject; null: none. */
  readonly faults: Faults | null;
}

/** Forwards a request to its upstream and the response back; returns the exchange to inspect. */
export function forward(request: IncomingMessage, response: ServerResponse, context: ForwardContext): Exchange {
  const { line, target, number, connectTimeoutMs, isProxied, maxDecodedBytes, faults } = context;
  const openedAtMs = performance.now();
  const own = readAsked(request, context);
  const { method, url, headers, secrets } = own;
  const hop = (): Hop => ({ url, method, headers, body: sent.kept() });
  let described: HttpExchange["request"] | null = null;
  const asked = () => (described ??= { ...describeRequest(hop(), secrets), exchange: number });
  // Parse the body while waiting for the upstream, so that relaying the response is not delayed.
  const sent = sentBodyOf(request, asked);
  const inspection = {
    hop,
    asked,
    openedAtMs,
    startedAt: new Date().toISOString(),
    opening: (headAtMs: number) => line.opening(openedAtMs, headAtMs),
    at: { url, isAnswered: false, isProxied, connectTimeoutMs, secrets },
    maxDecodedBytes,
  };
  let release: (() => void) | null = null;
  const inspected = createInspected(inspection, () => release?.());

  function sinkOf(upstream: UpstreamRequest): ResponseSink {
    release = () => upstream.release(INSPECTION);
    const client = createOutlet(response, () => upstream.release(CLIENT));
    const both = untilClientLeaves(toBoth(client, inspected, upstream), request, response, upstream);
    return faults === null ? both : withFaults(both, faults, upstream, maxDecodedBytes);
  }

  if (faults?.status !== undefined && faults.status !== null) {
    sent.stream?.resume();
    answerError(sinkOf(NO_UPSTREAM), target.path, faults.status);
  } else {
    const passedOn = faults === null ? request.rawHeaders : withoutHeaders(CODING, request.rawHeaders);
    const asSent = { method, headers: requestHeadersOf(passedOn), body: sent.stream };
    sendUpstream(asSent, target, line, sinkOf);
  }
  return exchangeOf(number, own, inspected, { asked, sent });
}

/** Builds the public view of an exchange. */
export function exchangeOf(
  number: number,
  { method, shown, secrets }: Asked,
  inspected: Inspected,
  { asked, sent }: { readonly asked: () => HttpExchange["request"]; readonly sent: SentBody },
): Exchange {
  return {
    number,
    method,
    path: shown.pathname + shown.search,
    source: { name: shown.href, asked, open: (signal: AbortSignal) => inspected.open(signal) },
    isOver: () => inspected.isOver(),
    sent,
    secrets,
  };
}

/** A client's request, addressed to the upstream. */
interface Asked extends Pick<Hop, "method" | "url" | "headers"> {
  /** Secrets that no output may show: those of the context, and the keys in the request. */
  readonly secrets: readonly string[];
  /** The URL without secrets. */
  readonly shown: URL;
}

export function readAsked(request: IncomingMessage, { target, secrets: known }: ForwardContext): Asked {
  const url = new URL(target.upstream.url.origin + target.path);
  const headers = recordOf(request.rawHeaders);
  const secrets = [...known, ...secretsOf(url), ...secretHeadersIn(headers)];
  return { method: request.method ?? "GET", url, headers, secrets, shown: new URL(maskUrl(url, secrets)) };
}

/** Wraps a sink: if the client leaves before the response is over, the sink fails and the request upstream ends. */
export function untilClientLeaves(
  sink: ResponseSink,
  request: IncomingMessage,
  response: ServerResponse,
  upstream: UpstreamRequest,
): ResponseSink {
  let isOver = false;

  function fail(error: Error): void {
    if (isOver) return;
    isOver = true;
    sink.fail(error);
  }

  response.once("close", () => {
    if (isOver || response.writableFinished) return;
    fail(clientClosed());
    upstream.abort(clientClosed());
  });
  return {
    inform: (status, headers) => sink.inform(status, headers),
    begin: (head) => isOver || sink.begin(head),
    write: (bytes) => isOver || sink.write(bytes),
    end(trailers) {
      if (isOver) return;
      isOver = true;
      sink.end(trailers);
    },
    // If the client leaves while it sends, the upstream fails with another error.
    fail: (error) => fail(request.destroyed && !request.complete ? clientClosed() : error),
  };
}

export function clientClosed(): TransportError {
  return new TransportError(CLIENT_CLOSED, "the client closed the connection before the response was complete");
}

export const NO_UPSTREAM: UpstreamRequest = { hold() {}, release() {}, abort() {} };

/** Sends an HTTP error in place of the upstream, in the format of the API at that path. */
export function answerError(sink: ResponseSink, path: string, status: number): void {
  const body = Buffer.from(errorBody(path, status, `ssescope tap responds with HTTP ${status}`));
  const headers = ["content-type", "application/json", "content-length", String(body.length)];
  sink.begin({ status, reason: STATUS_CODES[status] ?? "", headers });
  sink.write(body);
  sink.end([]);
}

/** Counting events needs plain text, so the upstream is asked not to compress. */
const CODING: ReadonlySet<string> = new Set(["accept-encoding"]);
