// Reads a live WebSocket: sends the user's messages, then reads until the connection ends.
import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { UserError } from "../../errors.ts";
import type { Chunk } from "../../model/chunk.ts";
import { type Body, takeBody } from "../http/body.ts";
import { createDeadline, inTime } from "../http/deadline.ts";
import { describeExchange, describeRequest, refuseInvalidStatus } from "../http/exchange.ts";
import { type Network, readNetwork } from "../http/network.ts";
import { buildMessages, type WebSocketRequest } from "../http/request.ts";
import { asTransportError, type Circumstances } from "../http/transport-errors.ts";
import { bareInput, type Input, noChunks } from "../input.ts";
import type { KnownSource } from "../known-source.ts";
import { basicCredentials, maskUrl, secretsOf } from "../secrets.ts";
import type { Source, SourceContext } from "../source.ts";
import { askedBy } from "./asked.ts";
import { openWebSocket } from "./connection.ts";
import { lineOf } from "./message-line.ts";
import { receivedLines } from "./received.ts";
import { isSecureUrl } from "./tunnel.ts";

/** Reads the URL with the request of `context`. Throws UserError if the URL is invalid. */
export function webSocketSource(address: string, context: SourceContext): Source {
  return connecting(parseUrl(address), context, () => readGiven(context));
}

/** Reads the messages to send. Throws UserError if the URL is invalid, or they cannot be sent. */
export async function knownWebSocketSource(address: string, context: SourceContext): Promise<KnownSource> {
  const url = parseUrl(address);
  const given = await readGiven(context);
  const { headers, messages, secrets: ofRequest } = given.request;
  const secrets = [...secretsOf(url), ...ofRequest, ...given.network.secrets];
  const described = describeRequest({ url, method: METHOD, headers, body: null }, secrets);
  return {
    source: connecting(url, context, async () => given),
    asked: { ...described, ...askedBy(messages) },
    body: messages.length === 0 ? null : Buffer.concat(messages.map((message) => lineOf(Buffer.from(message), false))),
    secrets,
  };
}

/** The options, with the contents of the files that they name. */
interface Given {
  readonly request: WebSocketRequest;
  readonly network: Network;
}

/** Throws UserError. */
async function readGiven({ request, network, io }: SourceContext): Promise<Given> {
  return { request: await buildMessages(request, io), network: await readNetwork(network, io.env) };
}

function parseUrl(address: string): URL {
  if (!URL.canParse(address))
    throw new UserError("the URL is invalid", "its text is hidden because it may contain a key");
  return new URL(address);
}

function connecting(url: URL, context: SourceContext, read: () => Promise<Given>): Source {
  return {
    name: maskUrl(url),
    isOpenEnded: true,
    async open(signal) {
      const { network: options, talk } = context;
      if (options.retries > 0) talk("--retry applies only to http URLs: a WebSocket handshake is not repeated");
      const { request, network } = await read();
      return openUrl(url, request, network, context, signal);
    },
  };
}

/** Of every handshake. */
const METHOD = "GET";

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
    const hop = { url, method: METHOD, headers: request.headers, body: null };
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
