// One request that a tap forwards, and its response: for the client as the upstream sends it, for ssescope a source like
// any other.
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { TransportError } from "../errors.ts";
import { CLIENT_CLOSED } from "../model/ended-by.ts";
import type { HttpExchange } from "../model/http-head.ts";
import type { Chunk } from "../model/chunk.ts";
import { type Body, takeBody } from "../sources/http/body.ts";
import type { Hop, Line } from "../sources/http/client.ts";
import { describeExchange, describeRequest } from "../sources/http/exchange.ts";
import { secretHeadersIn } from "../sources/http/request.ts";
import { asTransportError, type Circumstances } from "../sources/http/transport-errors.ts";
import { bareInput, type Input, noChunks } from "../sources/input.ts";
import { maskUrl, secretsOf } from "../sources/secrets.ts";
import type { Source } from "../sources/source.ts";
import { type RawHeaders, recordOf, requestHeadersOf, responseHeadersOf } from "./hop-headers.ts";
import { createOutlet } from "./outlet.ts";
import { type SentBody, sentBodyOf } from "./sent-body.ts";
import type { Target } from "./upstreams.ts";

/** A request that was forwarded. */
export interface Exchange {
  /** Counted from 1, in the order in which requests came. */
  readonly number: number;
  readonly method: string;
  /** Path and query as the client sent them, without secrets. */
  readonly path: string;
  /** The response, read like that of a URL. It can be opened once. */
  readonly source: Source;
  readonly sent: SentBody;
  /** The keys that were sent with it: no output may show them. */
  readonly secrets: readonly string[];
}

/** What an exchange has to know beyond its request. */
export interface ForwardContext {
  readonly number: number;
  readonly target: Target;
  readonly line: Line;
  readonly connectTimeoutMs: number;
  readonly isProxied: boolean;
  /** What no output may show: the passwords of proxies. */
  readonly secrets: readonly string[];
  readonly maxDecodedBytes: number;
}

/** The head of a response, and the copy of its body that is inspected. */
interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: RawHeaders;
  readonly headAtMs: number;
}

/** Sends a request on to its upstream and the response back, and gives it to whoever inspects it. */
export function forward(request: IncomingMessage, response: ServerResponse, context: ForwardContext): Exchange {
  const { line, target } = context;
  const openedAtMs = performance.now();
  const startedAt = new Date().toISOString();
  const method = request.method ?? "GET";
  const url = new URL(target.upstream.url.origin + target.path);
  const headers = recordOf(request.rawHeaders);
  const secrets = [...context.secrets, ...secretsOf(url), ...secretHeadersIn(headers)];
  const hop = (): Hop => ({ url, method, headers, body: sent.kept() });
  let described: HttpExchange["request"] | null = null;
  const asked = () => (described ??= { ...describeRequest(hop(), secrets), exchange: context.number });
  // A body is parsed while the upstream thinks, and not while its response is passed on.
  const sent = sentBodyOf(request, asked);
  let answer: (answer: Answer) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const answered = new Promise<Answer>((resolve, reject) => {
    answer = resolve;
    fail = reject;
  });
  // Whoever opens the source is told.
  answered.catch(() => {});

  let controller: Dispatcher.DispatchController | null = null;
  let isBegun = false;
  let isOver = false;
  const holders = new Set<"client" | "copy">();

  function hold(holder: "client" | "copy"): void {
    holders.add(holder);
    controller?.pause();
  }

  function release(holder: "client" | "copy"): void {
    if (holders.delete(holder) && holders.size === 0) controller?.resume();
  }

  const outlet = createOutlet(response, () => release("client"));
  const copy = new Readable({ read: () => release("copy") });
  copy.on("close", () => release("copy"));
  copy.on("error", () => {});
  response.once("close", () => {
    if (!isOver) controller?.abort(clientClosed());
  });

  line.dispatcher.dispatch(
    {
      origin: target.upstream.url.origin,
      path: target.path,
      method,
      headers: requestHeadersOf(request.rawHeaders),
      body: sent.stream,
      // No limits of its own: a stream may be silent for as long as its client has patience.
      headersTimeout: 0,
      bodyTimeout: 0,
    },
    {
      onRequestStart(started) {
        controller = started;
        if (response.destroyed) started.abort(clientClosed());
      },
      onResponseStart(started, status, _headers, reason = "") {
        const raw = textsOf(started.rawHeaders);
        if (status < FIRST_FINAL_STATUS) return outlet.inform(status, raw);
        const headAtMs = performance.now();
        isBegun = true;
        outlet.begin(status, reason, responseHeadersOf(raw));
        answer({ status, reason, headers: raw, headAtMs });
      },
      onResponseData(_controller, bytes) {
        if (!outlet.write(bytes)) hold("client");
        if (!copy.destroyed && !copy.push(bytes)) hold("copy");
      },
      onResponseEnd(ended) {
        isOver = true;
        outlet.end(textsOf(ended.rawTrailers));
        if (!copy.destroyed) copy.push(null);
      },
      onResponseError(_controller, error) {
        isOver = true;
        const reason = request.destroyed && !request.complete ? clientClosed() : error;
        if (isBegun) copy.destroy(reason);
        else fail(reason);
        outlet.breakOff(isEndInOrder(reason) ? "close" : "reset");
      },
    },
  );

  const at: Circumstances = {
    url,
    isAnswered: false,
    isProxied: context.isProxied,
    connectTimeoutMs: context.connectTimeoutMs,
    secrets,
  };

  async function open(signal: AbortSignal): Promise<Input> {
    const head = await answered.catch((error: unknown) => {
      if (signal.aborted) return null;
      throw asTransportError(error, at);
    });
    if (head === null) return bareInput(noChunks());
    const { status: statusCode, reason, headers: received, headAtMs } = head;
    const response = {
      statusCode,
      statusText: reason || (STATUS_CODES[statusCode] ?? ""),
      headers: recordOf(received),
    };
    const taken = { openedAtMs, idleTimeoutMs: null, maxDecodedBytes: context.maxDecodedBytes, secrets };
    const body = takeBody({ ...response, body: copy }, taken);
    return {
      exchange: { ...describeExchange(hop(), response, FIRST_TRY, secrets), request: asked() },
      startedAt,
      opening: line.opening(openedAtMs, headAtMs),
      chunks: untilEnd(body, { ...at, isAnswered: true }, signal),
      closing: body.closing,
      compression: body.compression,
    };
  }

  const shown = new URL(maskUrl(url, secrets));
  return {
    number: context.number,
    method,
    path: shown.pathname + shown.search,
    source: { name: shown.href, asked, open },
    sent,
    secrets,
  };
}

/** Neither redirects nor retries are the tap's: programs see to them. */
const FIRST_TRY = { redirects: [], refusal: null, attempts: 1 };
const FIRST_FINAL_STATUS = 200;

function clientClosed(): TransportError {
  return new TransportError(CLIENT_CLOSED, "the client closed the connection before the response was complete");
}

/** undici's code for a connection that the other side closed in order. */
const CLOSED = "UND_ERR_SOCKET";

function isEndInOrder(error: Error): boolean {
  return "code" in error && error.code === CLOSED;
}

/** Names and values come as bytes of Latin-1 (RFC 9110, 5.5). */
function textsOf(headers: Dispatcher.DispatchController["rawHeaders"]): string[] {
  if (!Array.isArray(headers)) return [];
  return headers.map((part: Buffer | string) => (typeof part === "string" ? part : part.toString("latin1")));
}

async function* untilEnd({ chunks }: Body, at: Circumstances, signal: AbortSignal): AsyncGenerator<Chunk> {
  try {
    yield* chunks;
  } catch (error) {
    if (!signal.aborted) throw asTransportError(error, at);
  }
}
