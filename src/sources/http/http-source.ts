// Reads a live HTTP response. This module and undici are loaded only when a URL is read.
import type { Dispatcher } from "undici";
import { UserError } from "../../errors.ts";
import type { Requester, RequestChange } from "../requester.ts";
import { maskUrl, secretsOf } from "../secrets.ts";
import type { Source, SourceContext } from "../source.ts";
import { bareInput, type Input, noChunks } from "../input.ts";
import type { KnownSource } from "../known-source.ts";
import { answerTo } from "./response.ts";
import { type Body, takeBody } from "./body.ts";
import { createClient, type Hop } from "./client.ts";
import { createDeadline } from "./deadline.ts";
import { describeExchange, describeRequest, refuseInvalidStatus } from "./exchange.ts";
import { type Network, readNetwork } from "./network.ts";
import { buildRequest, type HttpRequest } from "./request.ts";
import { asTransportError } from "./transport-errors.ts";

/** Reads the URL with the request of `context`. Throws UserError if the URL is invalid. */
export function httpSource(address: string, context: SourceContext): Source & Requester {
  /** Read once, because a file of headers or certificates may be a pipe. */
  let given: Promise<Given> | null = null;
  return requesting(parseUrl(address), context, () => (given ??= readGiven(context)));
}

/** Reads what the request is made of. Throws UserError if the URL is invalid, or the request cannot be sent. */
export async function knownHttpSource(address: string, context: SourceContext): Promise<KnownSource> {
  const url = parseUrl(address);
  const given = await readGiven(context);
  const { request, network } = given;
  const secrets = [...secretsOf(url), ...request.secrets, ...network.secrets];
  const asked = describeRequest({ url, ...request }, secrets);
  return { source: requesting(url, context, async () => given), asked, body: request.body, secrets };
}

function requesting(url: URL, context: SourceContext, read: () => Promise<Given>): Source & Requester {
  async function request(change: RequestChange, signal: AbortSignal): Promise<Input> {
    const { request, network } = await read();
    const asked = changed(request, change);
    return openUrl({ url: change.url?.(url) ?? url, ...asked }, asked, network, context, signal);
  }
  return { name: maskUrl(url), request, open: (signal) => request({}, signal) };
}

/** The options, with the contents of the files that they name. */
interface Given {
  readonly request: HttpRequest;
  readonly network: Network;
}

/** Throws UserError. */
async function readGiven({ request, network, io }: SourceContext): Promise<Given> {
  return { request: await buildRequest(request, io), network: await readNetwork(network, io.env) };
}

function changed(request: HttpRequest, { method, headers, defaultHeaders, withoutBody }: RequestChange): HttpRequest {
  const all = { ...defaultHeaders, ...request.headers, ...headers };
  const { "content-type": _, ...withoutType } = all;
  const message = withoutBody ? { headers: withoutType, body: null } : { headers: all };
  return { ...request, method: method ?? request.method, ...message };
}

function parseUrl(address: string): URL {
  if (!URL.canParse(address))
    throw new UserError("the URL is invalid", "its text is hidden because it may contain a key");
  return new URL(address);
}

async function openUrl(
  first: Hop,
  request: HttpRequest,
  network: Network,
  context: SourceContext,
  signal: AbortSignal,
): Promise<Input> {
  const secrets = [...secretsOf(first.url), ...request.secrets, ...network.secrets];
  const isProxied = network.proxies.http !== null || network.proxies.https !== null;
  const { connectTimeoutMs } = network;
  const at = { url: first.url, isAnswered: false, isProxied, connectTimeoutMs, secrets };
  if (network.insecure && first.url.protocol === "https:") context.talk("the server's certificate is not verified");
  const client = createClient(network, first.url.hostname);
  const deadline = createDeadline(network.maxTimeMs);
  const limited = AbortSignal.any([signal, deadline.signal]);
  const openedAtMs = performance.now();
  const startedAt = new Date().toISOString();

  async function close(): Promise<void> {
    deadline.clear();
    await client.close();
  }

  function take(response: Dispatcher.ResponseData, hop: Hop): Body {
    const { idleTimeoutMs } = network;
    // A redirect may contain a key that the user did not give.
    const hidden = [...secrets, ...secretsOf(hop.url)];
    return takeBody(response, { openedAtMs, idleTimeoutMs, maxDecodedBytes: context.maxDecodedBytes, secrets: hidden });
  }

  try {
    const asShown = (error: unknown, url: URL) =>
      asTransportError(error, { ...at, url, secrets: [...secrets, ...secretsOf(url)] });
    const { talk, io } = context;
    const asking = { client, network, signal: limited, clock: io.clock, talk, take, asShown };
    const { hop, response, body, ...way } = await answerTo(first, asking);
    refuseInvalidStatus(response.statusCode);
    return {
      exchange: describeExchange(hop, response, way, [...secrets, ...secretsOf(hop.url)]),
      startedAt,
      opening: client.opening(openedAtMs),
      chunks: untilEnd(body, { ...at, url: hop.url, isAnswered: true }, signal, close),
      closing: body.closing,
      compression: body.compression,
    };
  } catch (error) {
    await close();
    if (signal.aborted) return bareInput(noChunks());
    throw asTransportError(error, at);
  }
}

async function* untilEnd(
  { chunks }: Body,
  at: Parameters<typeof asTransportError>[1],
  signal: AbortSignal,
  close: () => Promise<void>,
) {
  try {
    yield* chunks;
  } catch (error) {
    if (!signal.aborted) throw asTransportError(error, at);
  } finally {
    await close();
  }
}
