// A WebSocket that a tap relays: the handshake, then messages both ways. The server's messages
// are inspected as the stream of an exchange.
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { TransportError } from "../errors.ts";
import { CLIENT_CLOSED, NEVER_USED, RESPONSE_OVER } from "../model/ended-by.ts";
import type { HttpExchange } from "../model/http-head.ts";
import { ABNORMAL_CLOSURE, SWITCHING_PROTOCOLS } from "../model/web-socket.ts";
import { type Faults, NO_FAULTS } from "../replay/faults.ts";
import { describeRequest } from "../sources/http/exchange.ts";
import type { Network } from "../sources/http/network.ts";
import { askedBy } from "../sources/web-socket/asked.ts";
import { type Answer, type Closing, type Connection, openWebSocket } from "../sources/web-socket/connection.ts";
import { isErrorMessage } from "../sources/web-socket/error-message.ts";
import { lineOf } from "../sources/web-socket/message-line.ts";
import { resetConnection } from "../serving/reset.ts";
import { acceptClient, responseOn, waitWith } from "./client-upgrade.ts";
import {
  answerError,
  clientClosed,
  type Exchange,
  exchangeOf,
  type ForwardContext,
  NO_UPSTREAM,
  readAsked,
  untilClientLeaves,
} from "./exchange.ts";
import { handshakeHeadersOf, type RawHeaders } from "./hop-headers.ts";
import { createInspected, type Inspected } from "./inspected.ts";
import { createOutlet } from "./outlet.ts";
import { createMessageFaults } from "./message-faults.ts";
import { endAs, relay } from "./relay.ts";
import { CLIENT, INSPECTION, type ResponseSink, toBoth } from "./response-sink.ts";
import { createSentMessages, type SentMessages } from "./sent-messages.ts";
import type { UpstreamRequest } from "./upstream-request.ts";

/** A larger message ends the connection, because the library buffers messages. Same as the default event limit. */
const MOST_MESSAGE_BYTES = 256 * 1024 ** 2;

const INVALID = "the client's WebSocket handshake is invalid; it got an HTTP error";

/** A client that asks for a WebSocket. */
interface Client {
  readonly request: IncomingMessage;
  readonly transport: Socket;
  /** Bytes received after the request's headers. */
  readonly head: Buffer;
}

/** Forwards a handshake to its upstream, then messages both ways; returns the exchange to inspect. */
export function forwardWebSocket(client: Client, network: Network, context: ForwardContext): Exchange {
  const { number, target, connectTimeoutMs, isProxied, maxDecodedBytes } = context;
  const openedAtMs = performance.now();
  const own = readAsked(client.request, context);
  const { method, url, headers, secrets } = own;
  const sent = createSentMessages();
  const hop = () => ({ url, method, headers, body: null });
  let described: HttpExchange["request"] | null = null;
  const asked = () => (described ??= { ...describeRequest(hop(), secrets), ...askedBy(sent.all()), exchange: number });
  let answer: Answer | null = null;
  let release: (() => void) | null = null;
  const inspection = {
    hop,
    asked,
    openedAtMs,
    startedAt: new Date().toISOString(),
    opening: () => answer?.opening(openedAtMs) ?? { connectMs: null, tlsMs: null, headMs: null },
    at: { url, isAnswered: false, isProxied, connectTimeoutMs, secrets },
    maxDecodedBytes,
  };
  const inspected = createInspected(inspection, () => release?.());

  async function open(): Promise<void> {
    const waiting = waitWith(client.transport, client.head, clientClosed);
    try {
      const handshake = { url, path: target.path, headers: valuesOf(handshakeHeadersOf(client.request.rawHeaders)) };
      const options = { network, maxMessageBytes: MOST_MESSAGE_BYTES, answersPings: false, signal: waiting.left };
      answer = await openWebSocket(handshake, options);
    } finally {
      client = { ...client, head: waiting.end() };
    }
    const { connection } = answer;
    release = connection === null ? refuse(client, answer, inspected) : accept(client, answer, connection);
  }

  function accept({ request, transport, head }: Client, { response, headAtMs }: Answer, server: Connection) {
    const { statusMessage: reason = "", rawHeaders } = response;
    const accepted = acceptClient(request, transport, head, {
      headers: rawHeaders,
      maxMessageBytes: MOST_MESSAGE_BYTES,
    });
    if (accepted === null) {
      server.socket.terminate();
      throw transport.destroyed ? clientClosed() : new TransportError("WEBSOCKET_HANDSHAKE", INVALID);
    }
    const begin = () => inspected.begin({ status: SWITCHING_PROTOCOLS, reason, headers: rawHeaders, atMs: headAtMs });
    return relayBoth(server, accepted, sent, { ...inspected, begin }, context.faults ?? NO_FAULTS);
  }

  const status = context.faults?.status ?? null;
  if (status === null) {
    open().catch((reason: unknown) => {
      const error = reason instanceof Error ? reason : new Error(String(reason));
      // If the connection cannot be opened, reset it, as for other requests, unless the client got a response.
      if (!client.transport.writableEnded) resetConnection(client.transport);
      inspected.fail(error);
    });
  } else answerError(sinkOf(client, inspected, NO_UPSTREAM), target.path, status);
  return exchangeOf(number, own, inspected, { asked, sent });
}

/** Relays messages until either side ends. Returns the function that resumes the server after inspection. */
function relayBoth(
  server: Connection,
  client: Connection,
  sent: SentMessages,
  inspected: Omit<Inspected, "begin"> & { readonly begin: () => void },
  faults: Faults,
): () => void {
  const onPurpose = createMessageFaults(faults);
  let isBegun = false;
  let isOver = false;
  /** The server's last message. */
  let last: Buffer | null = null;

  /** Waits for the first message before the response begins, because it says what is requested. */
  function begin(): void {
    if (!isBegun) inspected.begin();
    isBegun = true;
  }

  function end(error: Error | null): void {
    if (isOver) return;
    isOver = true;
    begin();
    // The inspection is listening by then.
    setImmediate(() => (error === null ? inspected.end([]) : inspected.fail(error)));
  }

  const fromServer = relay(
    server.socket,
    client.socket,
    (message, isBinary) => {
      begin();
      last = lineOf(message, isBinary);
      if (!isOver && !inspected.write(last)) fromServer.hold(INSPECTION);
      if (onPurpose.isCut()) server.transport.destroy(faults.reset ? resetOnPurpose() : undefined);
    },
    (message) => onPurpose.copiesOf(message),
  );
  relay(client.socket, server.socket, (message, isBinary) => {
    sent.add(lineOf(message, isBinary));
    begin();
  });
  void server.closed.then((closed) => {
    // Keep the client waiting until it gives up.
    if (onPurpose.isStalled()) return;
    const closing = faults.reset ? { ...closed, code: ABNORMAL_CLOSURE, failure: resetOnPurpose() } : closed;
    end(closing.failure);
    endAs(closing, client);
  });
  void client.closed.then((closing) => {
    end(leftBy(closing, sent, last));
    endAs(closing, server);
  });
  server.socket.resume();
  client.socket.resume();
  return () => fromServer.release(INSPECTION);
}

function resetOnPurpose(): TransportError {
  return new TransportError("ECONNRESET", "the connection was reset on purpose (--reset)");
}

/**
 * The error for a client that left. One that sent nothing missed nothing: some connect in advance. Nor
 * has one that leaves after an error. `last`: the last message that it got.
 */
function leftBy({ code, reason }: Omit<Closing, "failure">, sent: SentMessages, last: Buffer | null): Error {
  if (last !== null && isErrorMessage(last.toString())) {
    return new TransportError(RESPONSE_OVER, "the client closed the WebSocket after an error");
  }
  if (sent.isEmpty) return new TransportError(NEVER_USED, "the client closed the WebSocket without sending a message");
  const why = reason === "" ? "" : `: ${reason}`;
  return new TransportError(CLIENT_CLOSED, `the client closed the WebSocket with code ${code}${why}`);
}

/** Relays an upstream's plain HTTP response. Returns the function that resumes it after inspection. */
function refuse(client: Client, { response }: Answer, inspected: Inspected): () => void {
  const { statusCode: status = 0, statusMessage: reason = "", rawHeaders: headers } = response;
  const holders = new Set<string>();
  const upstream: UpstreamRequest = {
    hold(holder) {
      holders.add(holder);
      response.pause();
    },
    release(holder) {
      if (holders.delete(holder) && holders.size === 0) response.resume();
    },
    abort: (error) => void response.destroy(error),
  };
  const sink = sinkOf(client, inspected, upstream);
  sink.begin({ status, reason, headers });
  response.on("data", (bytes: Buffer) => sink.write(bytes));
  response.once("end", () => sink.end(response.rawTrailers));
  response.once("error", (error) => sink.fail(error));
  return () => upstream.release(INSPECTION);
}

/** Makes the sink for a response that is not a WebSocket. */
function sinkOf({ request, transport }: Client, inspected: ResponseSink, upstream: UpstreamRequest): ResponseSink {
  const response = responseOn(request, transport);
  const outlet = createOutlet(response, () => upstream.release(CLIENT));
  return untilClientLeaves(toBoth(outlet, inspected, upstream), request, response, upstream);
}

/** The values of each header, in the order of its lines. */
function valuesOf(headers: RawHeaders): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = headers[at] ?? "";
    const known = Object.keys(values).find((other) => other.toLowerCase() === name.toLowerCase()) ?? name;
    (values[known] ??= []).push(headers[at + 1] ?? "");
  }
  return values;
}
