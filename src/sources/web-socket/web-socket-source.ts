// Reads a live WebSocket: sends the user's messages, then reads until the connection ends.
import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { UserError } from "../../errors.ts";
import type { Chunk } from "../../model/chunk.ts";
import { type Body, takeBody } from "../http/body.ts";
import { createDeadline, inTime } from "../http/deadline.ts";
import { describeExchange, refuseInvalidStatus } from "../http/exchange.ts";
import { type Network, readNetwork } from "../http/network.ts";
import { buildMessages, type WebSocketRequest } from "../http/request.ts";
import { asTransportError, type Circumstances } from "../http/transport-errors.ts";
import { bareInput, type Input, noChunks } from "../input.ts";
import { basicCredentials, maskUrl, secretsOf } from "../secrets.ts";
import type { Source, SourceContext } from "../source.ts";
import { askedBy } from "./asked.ts";
import { openWebSocket } from "./connection.ts";
import { receivedLines } from "./received.ts";
import { isSecureUrl } from "./tunnel.ts";

/** Reads the URL with the request of `context`. Throws UserError if the URL is invalid. */
export function webSocketSource(address: string, context: SourceContext): Source {
  if (!URL.canParse(address))
    throw new UserError("the URL is invalid", "its text is hidden because it may contain a key");
  const url = new URL(address);
  return {
    name: maskUrl(url),
    isOpenEnded: true,
    async open(signal) {
      const { network, request, io, talk } = context;
      if (network.retries > 0) talk("--retry applies only to http URLs: a WebSocket handshake is not repeated");
      return openUrl(url, await buildMessages(request, io), await readNetwork(network, io.env), context, signal);
    },
  };
}

async function openUrl(
  url: URL,
  request: WebSocketRequest,
  network: Network,
  { maxEventBytes, maxDecodedBytes, talk }: SourceContext,
  signal: AbortSignal,
): Promise<Input> {
  const secrets = [...secretsOf(url), ...request.secrets, ...network.secrets];
  const isProxied = network.proxies.http !== null || network.proxies.https !== null;
  const { connectTimeoutMs, headTimeoutMs, idleTimeoutMs } = network;
  const at = { url, isAnswered: false, isProxied, connectTimeoutMs, secrets };
  if (network.insecure && isSecureUrl(url)) talk("the server's certificate is not verified");
  const deadline = createDeadline(network.maxTimeMs);
  const openedAtMs = performance.now();
  const startedAt = new Date().toISOString();
  const limited = AbortSignal.any([signal, deadline.signal]);
  try {
    const answer = await inTime(headTimeoutMs, limited, (inTimeSignal) =>
      openWebSocket(
        { url: withoutUser(url), headers: { ...authorizationOf(url), ...request.headers } },
        { network, maxMessageBytes: maxEventBytes, answersPings: true, signal: inTimeSignal },
      ),
    );
    const { connection, response } = answer;
    if (connection === null) refuseStatusOf(response);
    const body = connection === null ? response : receivedLines(connection, request.messages, maxEventBytes);
    deadline.signal.addEventListener("abort", () => body.destroy(asError(deadline.signal.reason)), { once: true });
    const { statusCode = 0, statusMessage: statusText = "", headers } = response;
    const head = { statusCode, statusText, headers };
    const taken = takeBody({ ...head, body }, { openedAtMs, idleTimeoutMs, maxDecodedBytes, secrets });
    const hop = { url, method: "GET", headers: request.headers, body: null };
    const { request: described, ...rest } = describeExchange(hop, head, FIRST_TRY, secrets);
    return {
      exchange: { ...rest, request: { ...described, ...askedBy(request.messages) } },
      startedAt,
      opening: answer.opening(openedAtMs),
      chunks: untilEnd(taken, body, { ...at, isAnswered: true }, signal, deadline.clear),
      closing: taken.closing,
      compression: taken.compression,
    };
  } catch (error) {
    deadline.clear();
    if (signal.aborted) return bareInput(noChunks());
    throw asTransportError(error, at);
  }
}

function refuseStatusOf(response: IncomingMessage): void {
  try {
    refuseInvalidStatus(response.statusCode ?? 0);
  } catch (error) {
    response.destroy();
    throw error;
  }
}

/** A handshake is not repeated, and not redirected. */
const FIRST_TRY = { redirects: [], refusal: null, attempts: 1 };

async function* untilEnd(
  { chunks }: Body,
  body: Readable,
  at: Circumstances,
  signal: AbortSignal,
  close: () => void,
): AsyncGenerator<Chunk> {
  const leave = (): void => void body.destroy();
  signal.addEventListener("abort", leave);
  try {
    if (!signal.aborted) yield* chunks;
  } catch (error) {
    if (!signal.aborted) throw asTransportError(error, at);
  } finally {
    signal.removeEventListener("abort", leave);
    body.destroy();
    close();
  }
}

function authorizationOf(url: URL): Readonly<Record<string, string>> {
  const credentials = basicCredentials(url);
  return credentials === null ? {} : { authorization: `Basic ${credentials}` };
}

function withoutUser(url: URL): URL {
  const bare = new URL(url);
  bare.username = "";
  bare.password = "";
  return bare;
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
