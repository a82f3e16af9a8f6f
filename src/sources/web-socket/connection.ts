// A WebSocket from its handshake to its end. The library speaks the protocol; this module says how it is connected, and
// what its end means.
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { type ClientOptions, WebSocket } from "ws";
import { TransportError } from "../../errors.ts";
import { ABNORMAL_CLOSURE, closeFailure } from "../../model/web-socket.ts";
import { onAbort, untilAborted } from "../../model/on-abort.ts";
import type { OpeningTimes } from "../../model/timing.ts";
import { type ConnectionTimes, notConnected, openingOf } from "../http/connector.ts";
import type { Network } from "../http/network.ts";
import { openConnection } from "./tunnel.ts";

/** What is asked of a server. */
export interface Handshake {
  /** Its scheme is that of WebSockets or of HTTP; it holds no user and no password. */
  readonly url: URL;
  /** Path and query as they are sent; left out: those of the URL, which has resolved `..` in them. */
  readonly path?: string;
  /** Those that belong to the connection are added: the key, the version. Extensions are never offered. */
  readonly headers: Readonly<Record<string, string | string[]>>;
}

export interface HandshakeOptions {
  readonly network: Network;
  /** A larger message ends the connection. */
  readonly maxMessageBytes: number;
  /** Answers pings by itself. */
  readonly answersPings: boolean;
  /** Ends the handshake, and fails it with its reason. */
  readonly signal: AbortSignal;
}

/** What a server answered. */
export interface Answer {
  /** The connection, paused: messages wait until it is resumed. Null: the server answered with something else. */
  readonly connection: Connection | null;
  readonly response: IncomingMessage;
  /** When its headers came, by `performance.now()`. */
  readonly headAtMs: number;
  opening(openedAtMs: number): OpeningTimes;
}

export interface Connection {
  readonly socket: WebSocket;
  readonly transport: Socket;
  /** Settled when it is closed, by whomever. */
  readonly closed: Promise<Closing>;
}

/** How a WebSocket ended. */
export interface Closing {
  readonly code: number;
  readonly reason: string;
  /** What is wrong with it, as the other side's doing: a fault of the system or of the protocol, or its close code; null: nothing. */
  readonly failure: Error | null;
}

/** How long a server may take to answer a close frame, before its connection is ended. */
const CLOSE_TIMEOUT_MS = 1000;

/** Connects and sends the handshake. Throws what the network throws, and the reason of `signal`. */
export async function openWebSocket(handshake: Handshake, options: HandshakeOptions): Promise<Answer> {
  const times = notConnected();
  const { network, signal } = options;
  const transport = await connected(openConnection(handshake.url, network, times), signal);
  return answerOn(transport, handshake, options, times);
}

/** Waits for a connection; one that comes after the abort is ended. */
async function connected(connecting: Promise<Socket>, signal: AbortSignal): Promise<Socket> {
  try {
    return await untilAborted(connecting, signal);
  } catch (error) {
    connecting.then(
      (transport) => transport.destroy(),
      () => {},
    );
    throw error;
  }
}

function answerOn(
  transport: Socket,
  { url, path, headers }: Handshake,
  { answersPings, maxMessageBytes, signal }: HandshakeOptions,
  times: ConnectionTimes,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // Its types do not know `closeTimeout` yet.
    const options: ClientOptions & { readonly closeTimeout: number } = {
      finishRequest(request) {
        if (path !== undefined) request.path = path;
        for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
        request.end();
      },
      perMessageDeflate: false,
      autoPong: answersPings,
      maxPayload: maxMessageBytes,
      closeTimeout: CLOSE_TIMEOUT_MS,
      createConnection: () => transport,
    };
    const socket = new WebSocket(withoutFragment(url), options);
    function abort(): void {
      reject(asError(signal.reason));
      socket.terminate();
    }

    function answer(response: IncomingMessage, connection: Connection | null, headAtMs: number): void {
      forget();
      resolve({ connection, response, headAtMs, opening: (openedAtMs) => openingOf(times, openedAtMs, headAtMs) });
    }

    const forget = onAbort(signal, abort);
    socket.once("upgrade", (response) => {
      const headAtMs = performance.now();
      const closed = closingOf(socket, transport);
      // Servers may choose a subprotocol that was not asked for, or none: that is for the client to judge, and not for the
      // library. It stays in the raw headers.
      delete response.headers["sec-websocket-protocol"];
      socket.once("open", () => {
        // What came with the response waits until somebody listens.
        socket.pause();
        answer(response, { socket, transport, closed }, headAtMs);
      });
    });
    socket.once("unexpected-response", (_request, response) => {
      response.once("close", () => transport.destroy());
      answer(response, null, performance.now());
    });
    socket.on("error", (error) => {
      forget();
      reject(asHandshakeError(error));
    });
  });
}

/** Follows a connection to its end; `side`: who is at the other one. */
export function closingOf(
  socket: WebSocket,
  transport: Socket,
  side: "server" | "client" = "server",
): Promise<Closing> {
  let broken: Error | null = null;
  // The library tells of neither a reset nor another fault of the system.
  transport.once("error", (error) => (broken ??= error));
  socket.once("error", (error) => {
    broken ??= new TransportError(
      "INVALID_WEBSOCKET",
      `the ${side} sent what is not valid WebSocket: ${error.message}`,
    );
  });
  return new Promise((resolve) => {
    socket.once("close", (code, bytes) => {
      const reason = bytes.toString();
      resolve({ code, reason, failure: broken ?? failureOf(code, reason, side) });
    });
  });
}

function failureOf(code: number, reason: string, side: string): TransportError | null {
  if (code !== ABNORMAL_CLOSURE) return closeFailure(code, reason);
  return new TransportError(`WEBSOCKET_${code}`, `the ${side} ended the connection without closing the WebSocket`);
}

/** What the library itself finds wrong with a response has no code. */
function asHandshakeError(error: Error): Error {
  if (error instanceof TransportError || "code" in error) return error;
  return new TransportError("WEBSOCKET_HANDSHAKE", `the handshake failed: ${error.message}`);
}

function asError(value: unknown): Error {
  return value instanceof Error ? value : new Error(String(value));
}

/** A request line has no fragment, and the library refuses one. */
function withoutFragment(url: URL): URL {
  const bare = new URL(url);
  bare.hash = "";
  return bare;
}
