// A reverse proxy on this machine: programs send their requests to it in place of the upstream, and ssescope sees what
// they receive. It changes nothing, limits nothing and ends nothing of its own.
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
  /** 0: any that is free. */
  readonly port: number;
  readonly network: Network;
  readonly maxDecodedBytes: number;
  /** What goes wrong on purpose, in the first `faulty` exchanges; Infinity: in all. */
  readonly faults: Faults;
  readonly faulty: number;
  /** Told of each request when it comes. */
  readonly onExchange: (exchange: Exchange) => void;
  /** Told of a request that is not forwarded, and why. */
  readonly onRefusal: (refusal: string) => void;
}

/** Why a request is not forwarded. */
interface Refusal {
  readonly status: number;
  readonly reason: string;
}

export interface Tap {
  readonly port: number;
  /** Ends it: what is under way is broken off. */
  readonly close: () => Promise<void>;
}

/** An upstream's connections without a request are kept so long: as long as the client's own, which they belong to. */
const KEEP_ALIVE_MS = 60_000;
const FORBIDDEN = 403;
const NOT_FOUND = 404;

/** Starts the tap. Throws UserError where it cannot listen there. */
export async function startTap(options: TapOptions): Promise<Tap> {
  const { upstreams, host, network, onExchange, onRefusal } = options;
  const isForAll = !isLoopbackHost(host);
  const isProxied = network.proxies.http !== null || network.proxies.https !== null;
  /** A client's connection has one to each upstream that it uses: theirs begin and end together. */
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

  /** Where a request goes; or why it goes nowhere. */
  function admit({ url: path = "/", headers }: IncomingMessage): Target | Refusal {
    // A page of another origin can reach this machine by a name of its own (DNS rebinding).
    if (!isForAll && !isLoopbackHost(headers.host ?? "")) {
      return {
        status: FORBIDDEN,
        reason: "the Host of a request to this tap must be localhost, 127.0.0.1 or [::1]",
      };
    }
    return targetOf(pathOf(path), upstreams) ?? { status: NOT_FOUND, reason: noUpstream(path) };
  }

  function noUpstream(path: string): string {
    if (!path.startsWith("/")) return `a request for ${path} has no path`;
    return `the path begins with none of ${upstreams.map(({ name }) => `/${name}`).join(", ")}`;
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
      return refuseWebSocket(transport, FORBIDDEN, "a page of another site asks for a WebSocket");
    }
    const context = contextOf(target, transport);
    // Loaded here: most programs use none.
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

  // It has no limits of its own: requests may be uploads of hours, and connections may wait for long.
  const server = createServer({
    requestTimeout: 0,
    headersTimeout: 0,
    keepAliveTimeout: 0,
    maxHeaderSize: MOST_HEADER_BYTES,
  });
  server.on("connection", (socket: Socket) => {
    // One that asked for an upgrade that is ignored comes a second time.
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

/** The path of a request; of one that names a whole URL, as proxies are asked (RFC 9112, 3.2.2), what stands behind its host. */
function pathOf(target: string): string {
  const behind = /^https?:\/\/[^/?#]*(.*)$/is.exec(target)?.[1];
  if (behind === undefined) return target;
  return behind.startsWith("/") ? behind : `/${behind}`;
}

const METHOD_NOT_ALLOWED = 405;

const MOST_HEADER_BYTES = 1024 ** 2;
