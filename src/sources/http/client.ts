// Sends requests with undici. This module and undici are loaded only when a URL is read.
import { Agent, type Dispatcher, EnvHttpProxyAgent, request as send } from "undici";
import type { OpeningTimes } from "../../model/timing.ts";
import { untilAborted } from "../../model/on-abort.ts";
import { basicCredentials } from "../secrets.ts";
import { type ConnectionEnd, endAsConnection, notEnded } from "./connection-end.ts";
import { type ConnectionTimes, createConnector, notConnected, openingOf, tlsOptions } from "./connector.ts";
import type { Network } from "./network.ts";
import { proxyFactories } from "./proxy-client.ts";
import type { HttpRequest } from "./request.ts";

export interface Client {
  /** Sends a request; throws what undici throws. If `signal` is aborted, throws its reason. */
  send(hop: Hop, signal: AbortSignal): Promise<Dispatcher.ResponseData>;
  /** The times of the last response, in ms since `openedAtMs`. */
  opening(openedAtMs: number): OpeningTimes;
  close(): Promise<void>;
}

/** A request and its URL: the first one, or one after a redirect. */
export interface Hop extends Pick<HttpRequest, "method" | "headers" | "body"> {
  readonly url: URL;
}

/** Sends requests, and keeps the times of the last new connection. */
export interface Line {
  readonly dispatcher: Dispatcher;
  /** The times of a response whose headers arrived at `headAtMs`, by `performance.now()`, in ms since `openedAtMs`. */
  opening(openedAtMs: number, headAtMs: number | null): OpeningTimes;
}

/**
 * `typedHost`: the host in the user's URL, to which hosts in redirects are compared. An idle connection is kept for
 * `keepAliveMs`.
 */
export function createLine(network: Network, typedHost: string, keepAliveMs: number): Line {
  const times = notConnected();
  const end = notEnded();
  return {
    dispatcher: createDispatcher(network, typedHost, { times, end }, keepAliveMs).compose(endAsConnection(end)),
    opening: (openedAtMs, headAtMs) => openingOf(times, openedAtMs, headAtMs),
  };
}

/** For a client that makes one request and ends. */
const NOT_KEPT_MS = 1;

export function createClient(network: Network, typedHost: string): Client {
  let headAtMs: number | null = null;
  const line = createLine(network, typedHost, NOT_KEPT_MS);
  const { dispatcher } = line;
  return {
    async send({ url, method, headers, body }, signal) {
      const credentials = basicCredentials(url);
      const basic = credentials === null ? null : { authorization: `Basic ${credentials}` };
      // Servers may be silent for long, before and during a response: only the user sets timeouts.
      const limits = { headersTimeout: 0, bodyTimeout: 0 };
      const options = { dispatcher, signal, method, headers: { ...basic, ...headers }, body, ...limits };
      // Connecting does not react to the signal by itself.
      const response = await untilAborted(send(withoutUser(url), options), signal);
      headAtMs = performance.now();
      return response;
    },
    opening: (openedAtMs) => line.opening(openedAtMs, headAtMs),
    close: () => dispatcher.destroy(),
  };
}

function createDispatcher(
  network: Network,
  typedHost: string,
  { times, end }: { readonly times: ConnectionTimes; readonly end: ConnectionEnd },
  keepAliveTimeout: number,
): Dispatcher {
  const { proxies, http2, connectTimeoutMs } = network;
  const options = { connect: createConnector(network, typedHost, times, end), allowH2: http2, keepAliveTimeout };
  if (proxies.http === null && proxies.https === null) return new Agent(options);
  const tls = { ...tlsOptions(network), timeout: connectTimeoutMs };
  return new EnvHttpProxyAgent({
    ...options,
    // An empty text means no proxy, and keeps undici from reading the process's environment.
    httpProxy: proxies.http ?? "",
    httpsProxy: proxies.https ?? "",
    noProxy: proxies.none,
    ...proxyFactories(connectTimeoutMs, times, end),
    requestTls: tls,
    proxyTls: tls,
    proxyTunnel: false,
  });
}

/** Removes user and password, which are sent in a header and never in the request line. */
function withoutUser(url: URL): URL {
  const bare = new URL(url);
  bare.username = "";
  bare.password = "";
  return bare;
}
