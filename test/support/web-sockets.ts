// WebSockets on the loopback interface for one test: a server, and a client that keeps what it receives.
import { createServer, type IncomingMessage } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import { type ClientOptions, WebSocket, WebSocketServer } from "ws";
import { onTestFinished } from "vitest";
import { listen, type ServerOptions } from "./server.ts";

export interface TestWebSocketServer {
  readonly port: number;
  /** `ws://127.0.0.1:PORT`, or with wss. */
  readonly url: string;
  /** The same with http or https. */
  readonly origin: string;
  readonly seen: readonly Seen[];
}

/** A connection, from the server's side. */
export interface Seen {
  readonly request: IncomingMessage;
  readonly messages: readonly Received[];
  /** The close code and reason. */
  readonly closed: Promise<string>;
}

/** `text:…`, `binary:…`, `ping:…`, `pong:…` */
export type Received = string;

export interface Peer {
  readonly socket: WebSocket;
  readonly transport: Socket;
  readonly request: IncomingMessage;
}

/** Starts a server; `greet` gets each connection before its first message. The server closes after the test. */
export async function serveWebSocket(
  greet: (peer: Peer) => void = () => {},
  options: ServerOptions & { readonly isCompressed?: boolean } = {},
): Promise<TestWebSocketServer> {
  const { tls, isCompressed = false } = options;
  const server = tls === undefined ? createServer() : createTlsServer(tls);
  const accepting = new WebSocketServer({ server, autoPong: false, perMessageDeflate: isCompressed });
  const seen: Seen[] = [];
  accepting.on("connection", (socket, request) => {
    const { messages, closed } = watch(socket);
    seen.push({ request, messages, closed });
    greet({ socket, transport: request.socket, request });
  });
  const port = await listen(server);
  const at = `127.0.0.1:${port}`;
  const isSecure = tls !== undefined;
  return { port, seen, url: `${isSecure ? "wss" : "ws"}://${at}`, origin: `${isSecure ? "https" : "http"}://${at}` };
}

export interface TestClient {
  readonly socket: WebSocket;
  readonly messages: readonly Received[];
  /** Settles when the connection is open; rejects with the status if it is refused. */
  readonly opened: Promise<IncomingMessage>;
  readonly closed: Promise<string>;
  /** Settles when this many messages, pings and pongs have arrived. */
  readonly has: (count: number) => Promise<void>;
}

/** Connects; the connection is ended after the test. */
export function connectWebSocket(
  url: string,
  protocols: readonly string[] = [],
  options: ClientOptions = {},
): TestClient {
  const socket = new WebSocket(url, [...protocols], { autoPong: false, ...options });
  const { messages, closed, has } = watch(socket);
  const opened = new Promise<IncomingMessage>((resolve, reject) => {
    socket.once("upgrade", (response) => socket.once("open", () => resolve(response)));
    socket.once("error", reject);
  });
  opened.catch(() => {});
  onTestFinished(() => socket.terminate());
  return { socket, messages, opened, closed, has };
}

function watch(socket: WebSocket) {
  const messages: Received[] = [];
  let wake: (() => void) | null = null;
  const note = (received: Received): void => {
    messages.push(received);
    wake?.();
  };
  socket.on("message", (data: Buffer, isBinary) => note(`${isBinary ? "binary" : "text"}:${data.toString()}`));
  socket.on("ping", (data) => note(`ping:${data.toString()}`));
  socket.on("pong", (data) => note(`pong:${data.toString()}`));
  socket.on("error", () => {});
  const closed = new Promise<string>((resolve) =>
    socket.once("close", (code, reason) => resolve(`${code} ${reason.toString()}`.trimEnd())),
  );
  async function has(count: number): Promise<void> {
    while (messages.length < count) await new Promise<void>((resolve) => (wake = resolve));
  }
  return { messages, closed, has };
}

/** The events of a capture of Server-Sent Events, as a WebSocket of the same API sends them. */
export function messagesOf(capture: Buffer): string[] {
  return capture
    .toString()
    .split("\n")
    .filter((line) => line.startsWith("data: {"))
    .map((line) => line.slice("data: ".length));
}

/** Sends all events for each message. */
export function answering(events: readonly string[]): (peer: Peer) => void {
  return ({ socket }) => socket.on("message", () => events.forEach((event) => socket.send(event)));
}
