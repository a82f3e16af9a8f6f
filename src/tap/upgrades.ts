// Upgrade requests: those for a WebSocket are relayed; other upgrades are ignored.
import { type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { isLoopbackHost } from "../serving/loopback.ts";
import { requestHeadersOf } from "./hop-headers.ts";

/** Whether a request asks for a WebSocket (RFC 6455, 4.1). */
export function asksForWebSocket({ method, headers }: IncomingMessage): boolean {
  return method === "GET" && headers.upgrade?.toLowerCase() === "websocket";
}

/**
 * Whether a page of another site opens the WebSocket. Browsers let pages open WebSockets to other origins, though they
 * may not read HTTP responses from there. Programs send no origin, or that of the upstream.
 */
export function isFromAnotherSite({ headers: { origin } }: IncomingMessage, upstream: URL): boolean {
  if (origin === undefined || !URL.canParse(origin)) return origin === OPAQUE;
  const { protocol, host } = new URL(origin);
  return protocol !== "file:" && !isLoopbackHost(host) && host !== upstream.host;
}

/** The origin of a page in a sandbox (WHATWG HTML, 7.1.1). */
const OPAQUE = "null";

/** Hop-by-hop headers that the request still needs when the upgrade is ignored. */
const KEPT_HEADERS = ["host", "expect", "transfer-encoding"] as const;

/**
 * Returns a request that Node.js took for an upgrade to the server, without the upgrade. A server may ignore it
 * (RFC 9110, 7.8), and Java clients ask for HTTP/2 in this way.
 */
export function asPlainRequest(server: Server, request: IncomingMessage, socket: Socket, head: Buffer): void {
  const { method = "GET", url = "/", httpVersion, rawHeaders, headers } = request;
  const kept = requestHeadersOf(rawHeaders);
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at + 1 < kept.length; at += 2) lines.push(`${kept[at]}: ${kept[at + 1]}`);
  for (const name of KEPT_HEADERS) {
    const value = headers[name];
    if (value !== undefined) lines.push(`${name}: ${value}`);
  }
  if (/\bclose\b/i.test(headers.connection ?? "")) lines.push("connection: close");
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), head]));
  server.emit("connection", socket);
}

/** Responds to an upgrade request with an error and ends its connection. */
export function refuseUpgrade(socket: Socket, status: number, reason: string): void {
  const body = `${reason}\n`;
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "content-type: text/plain",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroySoon());
}
