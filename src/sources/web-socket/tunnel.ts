// Connects to a WebSocket server: directly, or through the proxy that the environment sets.
import { request } from "node:http";
import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { TransportError } from "../../errors.ts";
import { basicCredentials } from "../secrets.ts";
import { type ConnectionTimes, createConnector, serverNameOf, tlsOptions } from "../http/connector.ts";
import { notEnded } from "../http/connection-end.ts";
import type { Network } from "../http/network.ts";
import { timedOut } from "../http/transport-errors.ts";

const PORTS: Readonly<Record<string, number>> = { "ws:": 80, "http:": 80, "wss:": 443, "https:": 443 };
const OK = 200;

/** Connects within the timeout, and records when each step is done. Throws connection errors. */
export async function openConnection(url: URL, network: Network, times: ConnectionTimes): Promise<Socket> {
  const isSecure = isSecureUrl(url);
  const proxy = proxyOf(url, network.proxies);
  if (proxy === null) return connectTo(url, isSecure, network, times);
  const { proxyUrl, target } = proxy;
  const toProxy = await connectTo(proxyUrl, isSecureUrl(proxyUrl), network, times);
  const tunnel = await openTunnel(toProxy, proxyUrl, target, network.connectTimeoutMs);
  times.tunnelAtMs = performance.now();
  return isSecure ? secured(tunnel, url, network, times) : tunnel;
}

export function isSecureUrl({ protocol }: URL): boolean {
  return protocol === "wss:" || protocol === "https:";
}

function connectTo(url: URL, isSecure: boolean, network: Network, times: ConnectionTimes): Promise<Socket> {
  const { hostname } = url;
  // A WebSocket handshake uses HTTP/1.1 (RFC 6455, 4.1).
  const connect = createConnector({ ...network, http2: false }, hostname, times, notEnded());
  const address = { hostname, protocol: isSecure ? "https:" : "http:", port: String(portOf(url)) };
  return new Promise((resolve, reject) => {
    connect(address, (error, socket) => (error === null ? resolve(socket) : reject(error)));
  });
}

/** The proxy for a URL, and the target to request from it; null: no proxy. */
function proxyOf(
  url: URL,
  { http, https, none }: Network["proxies"],
): { readonly proxyUrl: URL; readonly target: string } | null {
  const proxy = isSecureUrl(url) ? https : http;
  if (proxy === null || isExcluded(url, none)) return null;
  return { proxyUrl: new URL(proxy), target: `${url.hostname}:${portOf(url)}` };
}

/**
 * Whether `no_proxy` contains the host, in the same syntax as for HTTP: `host`, `host:port`, `.domain`, `*.domain`,
 * `*`.
 */
function isExcluded(url: URL, none: string): boolean {
  const host = url.hostname.toLowerCase();
  return none.split(/[\s,]+/).some((entry) => {
    const { name = "", port } = /^(?<name>.*?)(?::(?<port>\d+))?$/.exec(entry.toLowerCase())?.groups ?? {};
    if (name === "" || (port !== undefined && Number(port) !== portOf(url))) return false;
    return /^[.*]/.test(name) ? host.endsWith(name.replace(/^\*/, "")) : host === name;
  });
}

/** The host without the brackets of an IPv6 address. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}

function portOf({ port, protocol }: URL): number {
  return port === "" ? (PORTS[protocol] ?? 0) : Number(port);
}

/** Asks a proxy for a tunnel (RFC 9110, 9.3.6). */
function openTunnel(socket: Socket, proxy: URL, target: string, limitMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const credentials = basicCredentials(proxy);
    const headers = { host: target, ...(credentials !== null && { "proxy-authorization": `Basic ${credentials}` }) };
    const asked = request({ method: "CONNECT", path: target, headers, createConnection: () => socket });
    const timer = setTimeout(() => asked.destroy(timedOut("connect", limitMs)), limitMs);
    asked.once("connect", ({ statusCode }, tunnel: Socket) => {
      clearTimeout(timer);
      if (statusCode === OK) return resolve(tunnel);
      tunnel.destroy();
      reject(new TransportError("PROXY_REFUSED", `the proxy refused the connection: HTTP ${statusCode}`));
    });
    asked.once("response", ({ statusCode }) => {
      asked.destroy(new TransportError("PROXY_REFUSED", `the proxy refused the connection: HTTP ${statusCode}`));
    });
    asked.once("error", (error) => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    });
    asked.end();
  });
}

function secured(tunnel: Socket, url: URL, network: Network, times: ConnectionTimes): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const options = { ...tlsOptions({ ...network, http2: false }), servername: serverNameOf(hostOf(url)) };
    const socket = connectTls({ socket: tunnel, ...options });
    const timer = setTimeout(
      () => socket.destroy(timedOut("connect", network.connectTimeoutMs)),
      network.connectTimeoutMs,
    );
    socket.once("secureConnect", () => {
      clearTimeout(timer);
      times.tlsAtMs = performance.now();
      resolve(socket);
    });
    socket.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}
