// A WebSocket from handshake to end. The library implements the protocol; this module makes the connection and
// interprets its end.
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

/** The handshake request. */
export interface Handshake {
  /** A WebSocket or HTTP URL without user and password. */
  readonly url: URL;
  /** Path and query to send; default: those of the URL, in which `..` is resolved. */
  readonly path?: string;
  /** The library adds the connection's own: key and version. No extensions are offered. */
  readonly headers: Readonly<Record<string, string | string[]>>;
}

export interface HandshakeOptions {
  readonly network: Network;
  /** A larger message ends the connection. */
  readonly maxMessageBytes: number;
  /** Answer pings automatically. */
  readonly answersPings: boolean;
  /** An abort fails the handshake with its reason. */
  readonly signal: AbortSignal;
}

/** The server's response. */
export interface Answer {
  /** The connection, paused: messages wait until it is resumed. Null: the server sent another response. */
  readonly connection: Connection | null;
  readonly response: IncomingMessage;
  /** When its headers arrived, by `performance.now()`. */
  readonly headAtMs: number;
  opening(openedAtMs: number): OpeningTimes;
}

export interface Connection {
  readonly socket: WebSocket;
  readonly transport: Socket;
  /** Settles when either side has closed it. */
  readonly closed: Promise<Closing>;
}

/** How a WebSocket ended. */
export interface Closing {
  readonly code: number;
  readonly reason: string;
  /** The other side's failure: a system or protocol error, or a close code that reports an error; null: none. */
  readonly failure: Error | null;
}

/** Time limit for the reply to a close frame; after it the connection is ended. */
const CLOSE_TIMEOUT_MS = 1000;

/** Connects and sends the handshake. Throws the network's error, or the reason of `signal`. */
export async function openWebSocket(handshake: Handshake, options: HandshakeOptions): Promise<Answer> {
  const times = notConnected();
  const { network, signal } = options;
  const transport = await connected(openConnection(handshake.url, network, times), signal);
  return answerOn(transport, handshake, options, times);
}

/** Waits for a connection; closes it if it opens after the abort. */
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
    // The library's types lack `closeTimeout`.
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
      // The library would reject a subprotocol that was not requested, or a missing one; that decision is the client's.
      // The raw headers still have it.
      delete response.headers["sec-websocket-protocol"];
      socket.once("open", () => {
        // Messages that arrived with the response wait until a listener is added.
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

/** Waits for the end of a connection; `side`: the other side. */
export function closingOf(
  socket: WebSocket,
  transport: Socket,
  side: "server" | "client" = "server",
): Promise<Closing> {
  let broken: Error | null = null;
  // The library does not report resets and other system errors.
  transport.once("error", (error) => (broken ??= error));
  socket.once("error", (error) => {
    broken ??= new TransportError("INVALID_WEBSOCKET", `the ${side} sent invalid WebSocket data: ${error.message}`);
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

/** Errors that the library itself finds in a response have no code. */
function asHandshakeError(error: Error): Error {
  if (error instanceof TransportError || "code" in error) return error;
  return new TransportError("WEBSOCKET_HANDSHAKE", `the handshake failed: ${error.message}`);
}

function asError(value: unknown): Error {
  return value instanceof Error ? value : new Error(String(value));
}

/** Removes the fragment, which the library rejects. */
function withoutFragment(url: URL): URL {
  const bare = new URL(url);
  bare.hash = "";
  return bare;
}
