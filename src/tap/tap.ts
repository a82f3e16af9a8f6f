// A reverse proxy on this machine: programs send requests to it instead of the upstream, and ssescope inspects the
// responses. It changes nothing, and has no limits or timeouts of its own.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Faults, NO_FAULTS } from "../replay/faults.ts";
import { listen } from "../serving/listen.ts";
import { isLoopbackHost } from "../serving/loopback.ts";
import { createLine, type Line } from "../sources/http/client.ts";
import type { Network } from "../sources/http/network.ts";
import { type Exchange, forward, type ForwardContext } from "./exchange.ts";
import { asksForWebSocket, asPlainRequest, isFromAnotherSite, refuseUpgrade } from "./upgrades.ts";
import { type Target, targetOf, type Upstream } from "./upstreams.ts";

export interface TapOptions {
  readonly upstreams: readonly Upstream[];
  /** The address to listen on. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly network: Network;
  readonly maxDecodedBytes: number;
  /** Faults to inject into the first `faulty` exchanges; Infinity: into all. */
  readonly faults: Faults;
  readonly faulty: number;
  /** Called for each request when it arrives. */
  readonly onExchange: (exchange: Exchange) => void;
  /** Called for each request that is not forwarded, with the reason. */
  readonly onRefusal: (refusal: string) => void;
}

/** Why a request is not forwarded. */
interface Refusal {
  readonly status: number;
  readonly reason: string;
}

export interface Tap {
  readonly port: number;
  /** Stops the tap; open exchanges are aborted. */
  readonly close: () => Promise<void>;
}

/** How long an idle connection to an upstream is kept. It never outlives the client's connection. */
const KEEP_ALIVE_MS = 60_000;
const FORBIDDEN = 403;
const NOT_FOUND = 404;

/** Starts the tap. Throws UserError if it cannot listen on that address. */
export async function startTap(options: TapOptions): Promise<Tap> {
  const { upstreams, host, network, onExchange, onRefusal } = options;
  const isForAll = !isLoopbackHost(host);
  const isProxied = network.proxies.http !== null || network.proxies.https !== null;
  /** Each client connection has its own connection to each upstream it uses, closed together with it. */
  const lines = new Map<Socket, Map<Upstream, Line>>();
  let count = 0;

  function lineOf(socket: Socket, upstream: Upstream): Line {
    const ofSocket = lines.get(socket);
    const known = ofSocket?.get(upstream);
    if (known !== undefined) return known;
    const line = createLine(network, upstream.url.hostname, KEEP_ALIVE_MS);
    ofSocket?.set(upstream, line);
    return line;
  }

  /** Where to forward a request, or why not to. */
  function admit({ url: path = "/", headers }: IncomingMessage): Target | Refusal {
    // A page of another origin can reach this machine through its own host name (DNS rebinding).
    if (!isForAll && !isLoopbackHost(headers.host ?? "")) {
      return {
        status: FORBIDDEN,
        reason: "the Host of a request to this tap must be localhost, 127.0.0.1 or [::1]",
      };
    }
    return targetOf(pathOf(path), upstreams) ?? { status: NOT_FOUND, reason: noUpstream(path) };
  }

  function noUpstream(path: string): string {
    if (!path.startsWith("/")) return `the request target ${path} is not a path`;
    return `the path must begin with one of ${upstreams.map(({ name }) => `/${name}`).join(", ")}`;
  }

  function contextOf(target: Target, socket: Socket): ForwardContext {
    count += 1;
    const { connectTimeoutMs, secrets } = network;
    const faults = count <= options.faulty && options.faults !== NO_FAULTS ? options.faults : null;
    const line = lineOf(socket, target.upstream);
    const { maxDecodedBytes } = options;
    return { number: count, target, line, connectTimeoutMs, isProxied, secrets, maxDecodedBytes, faults };
  }

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const target = admit(request);
    if ("reason" in target) return refuse(response, target.status, target.reason);
    onExchange(forward(request, response, contextOf(target, request.socket)));
  }

  function handleUpgrade(request: IncomingMessage, transport: Socket, head: Buffer): void {
    if (!asksForWebSocket(request)) return asPlainRequest(server, request, transport, head);
    transport.on("error", () => {});
    const target = admit(request);
    if ("reason" in target) return refuseWebSocket(transport, target.status, target.reason);
    if (!isForAll && isFromAnotherSite(request, target.upstream.url)) {
      return refuseWebSocket(transport, FORBIDDEN, "a web page of another site requested a WebSocket");
    }
    const context = contextOf(target, transport);
    // Loaded on demand: most programs use no WebSockets.
    void import("./web-socket-exchange.ts").then(({ forwardWebSocket }) =>
      onExchange(forwardWebSocket({ request, transport, head }, network, context)),
    );
  }

  function refuseWebSocket(transport: Socket, status: number, reason: string): void {
    refuseUpgrade(transport, status, `ssescope tap: ${reason}`);
    onRefusal(reason);
  }

  function refuse(response: ServerResponse, status: number, reason: string): void {
    response.writeHead(status, { "content-type": "text/plain" }).end(`ssescope tap: ${reason}\n`);
    onRefusal(reason);
  }

  // No timeouts: an upload may take hours, and a connection may be idle for long.
  const server = createServer({
    requestTimeout: 0,
    headersTimeout: 0,
    keepAliveTimeout: 0,
    maxHeaderSize: MOST_HEADER_BYTES,
  });
  server.on("connection", (socket: Socket) => {
    // A socket whose upgrade request is ignored is announced a second time.
    if (lines.has(socket)) return;
    const ofSocket = new Map<Upstream, Line>();
    lines.set(socket, ofSocket);
    socket.once("close", () => {
      lines.delete(socket);
      for (const { dispatcher } of ofSocket.values()) void dispatcher.destroy();
    });
  });
  server.on("request", handle);
  server.on("upgrade", handleUpgrade);
  server.on("connect", (_request: IncomingMessage, socket: Socket) => {
    const reason = "this is not a proxy; use it as the base URL of the API";
    socket.on("error", () => {});
    refuseUpgrade(socket, METHOD_NOT_ALLOWED, `ssescope tap: ${reason}`);
    onRefusal(reason);
  });
  server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
    response.writeContinue();
    handle(request, response);
  });
  const port = await listen(server, options);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of lines.keys()) socket.destroy();
      }),
  };
}

/** The path of a request target. A target can also be a whole URL, as sent to proxies (RFC 9112, 3.2.2). */
function pathOf(target: string): string {
  const behind = /^https?:\/\/[^/?#]*(.*)$/is.exec(target)?.[1];
  if (behind === undefined) return target;
  return behind.startsWith("/") ? behind : `/${behind}`;
}

const METHOD_NOT_ALLOWED = 405;

const MOST_HEADER_BYTES = 1024 ** 2;
