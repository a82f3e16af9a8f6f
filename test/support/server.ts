// A server on the loopback interface for one test: it sends given responses, and keeps the requests.
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createServer as createTcpServer, type Server, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** Resets the connection at once, like a crashed server. */
export const RESET = Symbol("reset");
/** Closes the connection cleanly, but before the body is complete. */
export const HANG_UP = Symbol("hang up");

/** The next part to send; a promise delays the response until it settles. */
type Step = string | Uint8Array | Promise<unknown> | typeof RESET | typeof HANG_UP;

export interface Answer {
  /** Default: 200. */
  readonly status?: number;
  readonly statusText?: string;
  /** Default: the content type of an event stream. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Each string or array of bytes is one write; the response ends after the last step. */
  readonly body: string | Uint8Array | readonly Step[];
}

export interface ReceivedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Settles when either side has closed the connection of this request. */
  readonly closed: Promise<void>;
}

export interface TestServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly origin: string;
  readonly port: number;
  readonly requests: readonly ReceivedRequest[];
}

export interface ServerOptions {
  /** Use TLS with this key and certificate (PEM). */
  readonly tls?: { readonly key: string; readonly cert: string };
}

const EVENT_STREAM = { "content-type": "text/event-stream" };

/**
 * Starts a server that sends every request the same response, or the one that a function makes. It closes after the
 * test. HANG_UP: no response at all.
 */
export async function serve(
  answer: Answer | typeof HANG_UP | ((request: ReceivedRequest) => Answer),
  options: ServerOptions = {},
): Promise<TestServer> {
  const requests: ReceivedRequest[] = [];
  const listener: RequestListener = async (incoming, outgoing) => {
    const request: ReceivedRequest = {
      method: incoming.method ?? "",
      url: incoming.url ?? "",
      headers: incoming.headers,
      closed: new Promise((resolve) => incoming.socket.once("close", () => resolve())),
      body: await text(incoming),
    };
    requests.push(request);
    if (answer === HANG_UP) incoming.socket.end();
    else await send(outgoing, typeof answer === "function" ? answer(request) : answer);
  };
  const server = options.tls === undefined ? createServer(listener) : createTlsServer(options.tls, listener);
  const port = await listen(server);
  const scheme = options.tls === undefined ? "http" : "https";
  return { origin: `${scheme}://127.0.0.1:${port}`, port, requests };
}

/** Makes a server listen on the loopback interface until the test ends; returns its port. */
export async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return portOf(server);
}

/** The port of a server that accepts connections but sends nothing. It closes after the test. */
export function silentPort(): Promise<number> {
  return listen(createTcpServer());
}

/** A port on the loopback interface without a listener: it was just closed. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server does not listen on a port");
  return address.port;
}

async function send(outgoing: ServerResponse, { status = 200, statusText, headers, body }: Answer): Promise<void> {
  outgoing.statusCode = status;
  if (statusText !== undefined) outgoing.statusMessage = statusText;
  for (const [name, value] of Object.entries(headers ?? EVENT_STREAM)) outgoing.setHeader(name, value);
  outgoing.flushHeaders();
  for (const step of typeof body === "string" || body instanceof Uint8Array ? [body] : body) {
    if (step === RESET) return void outgoing.socket?.resetAndDestroy();
    if (step === HANG_UP) return void outgoing.socket?.end();
    if (step instanceof Promise) await step;
    else await write(outgoing, step);
  }
  outgoing.end();
}

/** Waits until the bytes are handed to the system, so that a following reset does not discard them. */
function write(outgoing: ServerResponse, bytes: string | Uint8Array): Promise<void> {
  return new Promise((resolve) => outgoing.write(bytes, () => resolve()));
}
