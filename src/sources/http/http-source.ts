// A live HTTP response. This module and the client are loaded only when a URL is read.
import type { Dispatcher } from "undici";
import { systemClock } from "../../clock.ts";
import { TransportError, UserError } from "../../errors.ts";
import { FIRST_STATUS_WITHOUT_STREAM } from "../../http-head.ts";
import type { Connector, RequestChange } from "../connector.ts";
import { redactUrl, secretsOf } from "../redact.ts";
import { bareInput, type Input, noChunks, type Source, type SourceContext } from "../source.ts";
import { type Body, takeBody } from "./body.ts";
import { type Client, createClient, type Hop } from "./client.ts";
import { describeExchange, headerOf, type Way } from "./exchange.ts";
import { type Network, readNetwork } from "./network.ts";
import { redirectOf } from "./redirects.ts";
import { buildRequest, type HttpRequest } from "./request.ts";
import { askedDelayMs, isRetryable, retryDelayMs } from "./retries.ts";
import { asTransportError, mayPass, timedOut } from "./transport-errors.ts";

/** Reads the URL with the request of `context`. Throws UserError where the URL is none. */
export function httpSource(address: string, context: SourceContext): Source & Connector {
  const url = parseUrl(address);
  /** Made once: a file of headers may be a pipe. */
  let made: Promise<HttpRequest> | null = null;
  async function connect(change: RequestChange, signal: AbortSignal): Promise<Input> {
    made ??= buildRequest(context.request, context.io);
    const request = changed(await made, change);
    const network = await readNetwork(context.network, context.io.env);
    return openUrl({ url: change.url?.(url) ?? url, ...request }, request, network, context, signal);
  }
  return { name: redactUrl(url), connect, open: (signal) => connect({}, signal) };
}

function changed(request: HttpRequest, { method, headers, defaultHeaders, withoutBody }: RequestChange): HttpRequest {
  const all = { ...defaultHeaders, ...request.headers, ...headers };
  const { "content-type": _, ...withoutType } = all;
  const message = withoutBody ? { headers: withoutType, body: null } : { headers: all };
  return { ...request, method: method ?? request.method, ...message };
}

function parseUrl(address: string): URL {
  if (!URL.canParse(address))
    throw new UserError("the URL given is not valid", "its text is not shown, for it may hold a key");
  return new URL(address);
}

/** The answer to a request: to the first one, or to the last one that its redirects led to. */
interface Answer extends Way {
  readonly hop: Hop;
  readonly response: Dispatcher.ResponseData;
  readonly body: Body;
}

async function openUrl(
  first: Hop,
  request: HttpRequest,
  network: Network,
  context: SourceContext,
  signal: AbortSignal,
): Promise<Input> {
  const inUrl = secretsOf(first.url);
  const secrets = [...inUrl, ...request.secrets, ...network.secrets];
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

  /** A stream keeps every word that is no key: a header such as X-Title may stand in an answer. */
  function take(response: Dispatcher.ResponseData, hop: Hop): Body {
    const isStream = response.statusCode < FIRST_STATUS_WITHOUT_STREAM;
    const { idleTimeoutMs } = network;
    // A redirect may name a key that the user never gave.
    const hidden = [...(isStream ? [...inUrl, ...request.keys] : secrets), ...secretsOf(hop.url)];
    return takeBody(response, { openedAtMs, idleTimeoutMs, maxDecodedBytes: context.maxDecodedBytes, secrets: hidden });
  }

  try {
    const taking: Taking = { take, asShown: (error) => asTransportError(error, at) };
    const { hop, response, body, ...way } = await answerTo(first, client, network, context, limited, taking);
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

/** Makes a request, follows where it leads, and makes it again where that is asked for and may help. */
async function answerTo(
  first: Hop,
  client: Client,
  network: Network,
  { talk }: SourceContext,
  signal: AbortSignal,
  { take, asShown }: Taking,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt > network.retries;
    let reason: string;
    let askedMs: number | null = null;
    try {
      const found = await follow(first, client, network, signal);
      const { response } = found;
      const answer = { ...found, attempts: attempt };
      if (isLast) return { ...answer, body: take(response, found.hop) };
      if (!isRetryable(response.statusCode)) return { ...answer, body: await begun(take(response, found.hop)) };
      reason = `HTTP ${response.statusCode}`;
      askedMs = askedDelayMs((name) => headerOf(response, name), Date.now());
      await response.body.dump();
    } catch (error) {
      const shown = asShown(error);
      if (isLast && attempt > 1 && shown instanceof TransportError) {
        throw new TransportError(shown.code, `${shown.message}, after ${attempt} attempts`);
      }
      if (isLast || signal.aborted || !(shown instanceof Error) || !mayPass(shown)) throw error;
      reason = shown.message;
    }
    const delayMs = retryDelayMs(attempt, askedMs, Math.random());
    talk(`${reason}; again in ${(delayMs / 1000).toFixed(1)} s (${attempt} of ${network.retries})`);
    await systemClock.wait(delayMs, signal);
    signal.throwIfAborted();
  }
}

interface Taking {
  readonly take: (response: Dispatcher.ResponseData, hop: Hop) => Body;
  readonly asShown: (error: unknown) => unknown;
}

/** A body of which something has come, or that is over: until then the request can be made again. */
async function begun(body: Body): Promise<Body> {
  const chunks = body.chunks[Symbol.asyncIterator]();
  const first = await chunks.next();
  async function* all() {
    if (first.done !== true) yield first.value;
    yield* { [Symbol.asyncIterator]: () => chunks };
  }
  return { ...body, chunks: all() };
}

async function follow(
  first: Hop,
  client: Client,
  { locationTrusted, headTimeoutMs }: Network,
  signal: AbortSignal,
): Promise<Omit<Answer, "attempts" | "body">> {
  const redirects: Hop[] = [];
  let hop = first;
  for (;;) {
    const response = await inTime(headTimeoutMs, signal, (limited) => client.send(hop, limited));
    const answer = { status: response.statusCode, location: headerOf(response, "location") };
    const redirect = redirectOf(first, hop, answer, { hops: redirects.length, locationTrusted });
    if (redirect === null) return { hop, response, redirects, refusal: null };
    if ("refusal" in redirect) return { hop, response, redirects, refusal: redirect.refusal };
    await response.body.dump();
    redirects.push(hop);
    hop = redirect.hop;
  }
}

/** Waits for an answer so many ms; null: as long as it takes. */
async function inTime<Answer>(
  limitMs: number | null,
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  if (limitMs === null) return ask(signal);
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(timedOut("head", limitMs)), limitMs);
  try {
    return await ask(AbortSignal.any([signal, limit.signal]));
  } finally {
    clearTimeout(timer);
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

/** Ends all that is going on after so many ms; null: never. */
function createDeadline(limitMs: number | null): { readonly signal: AbortSignal; readonly clear: () => void } {
  const controller = new AbortController();
  const timer = limitMs === null ? undefined : setTimeout(() => controller.abort(timedOut("max", limitMs)), limitMs);
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}
