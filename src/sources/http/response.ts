// Gets the response to a request: sends it, follows redirects, and retries if that may help.
import type { Dispatcher } from "undici";
import type { Clock } from "../../timing/clock.ts";
import { TransportError } from "../../errors.ts";
import { formatDuration } from "../../wording/durations.ts";
import type { SourceContext } from "../source.ts";
import type { Body } from "./body.ts";
import type { Client, Hop } from "./client.ts";
import { inTime } from "./deadline.ts";
import { headerOf, type Way } from "./exchange.ts";
import type { Network } from "./network.ts";
import { redirectOf } from "./redirects.ts";
import { askedDelayMs, isRetryable, retryDelayMs } from "./retries.ts";
import { mayPass } from "./transport-errors.ts";

/** The response to the first request, or to the last one after redirects. */
interface Answer extends Way {
  readonly hop: Hop;
  readonly response: Dispatcher.ResponseData;
  readonly body: Body;
}

/** The means to make a request, and to convert its response or error. */
export interface Asking {
  readonly client: Client;
  readonly network: Network;
  readonly signal: AbortSignal;
  /** Times the waits between attempts. */
  readonly clock: Clock;
  readonly talk: SourceContext["talk"];
  readonly take: (response: Dispatcher.ResponseData, hop: Hop) => Body;
  /** Converts an error of sending a request to `url` into the one to report. */
  readonly asShown: (error: unknown, url: URL) => unknown;
}

/** Makes a request, follows redirects, and retries if the user asked for it and it may help. */
export async function answerTo(first: Hop, asking: Asking): Promise<Answer> {
  const { network, signal, clock, talk, take, asShown } = asking;
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt > network.retries;
    let reason: string;
    let askedMs: number | null = null;
    try {
      const found = await follow(first, asking);
      const { response } = found;
      const answer = { ...found, attempts: attempt };
      if (isLast) return { ...answer, body: take(response, found.hop) };
      if (!isRetryable(response.statusCode)) return { ...answer, body: await begun(take(response, found.hop)) };
      reason = `HTTP ${response.statusCode}`;
      askedMs = askedDelayMs((name) => headerOf(response, name), Date.now());
      await discard(response);
    } catch (error) {
      const shown = asShown(error, first.url);
      if (isLast && attempt > 1 && shown instanceof TransportError) {
        throw new TransportError(shown.code, `${shown.message}, after ${attempt} attempts`);
      }
      if (isLast || signal.aborted || !(shown instanceof Error) || !mayPass(shown)) throw error;
      reason = shown.message;
    }
    const delayMs = retryDelayMs(attempt, askedMs, Math.random());
    talk(`${reason}; retrying in ${formatDuration(delayMs)} (${attempt} of ${network.retries})`);
    await clock.wait(delayMs, signal);
    signal.throwIfAborted();
  }
}

/** Waits for the first chunk of a body, or its end: until then the request can be retried. */
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
  { client, network: { locationTrusted, headTimeoutMs }, signal, asShown }: Asking,
): Promise<Omit<Answer, "attempts" | "body">> {
  const redirects: Hop[] = [];
  let hop = first;
  for (;;) {
    const response = await inTime(headTimeoutMs, signal, (limited) => client.send(hop, limited)).catch(
      (error: unknown) => {
        throw asShown(error, hop.url);
      },
    );
    const answer = { status: response.statusCode, location: headerOf(response, "location") };
    const redirect = redirectOf(first, hop, answer, { hops: redirects.length, locationTrusted });
    if (redirect === null) return { hop, response, redirects, refusal: null };
    if ("refusal" in redirect) return { hop, response, redirects, refusal: redirect.refusal };
    await discard(response);
    redirects.push(hop);
    hop = redirect.hop;
  }
}

/** Time limit for discarding a body, in ms. */
const DISCARD_MS = 1000;

/** Discards a body. Waits for its end so that the connection can be reused, but not for long: some never end. */
async function discard({ body }: Dispatcher.ResponseData): Promise<void> {
  const timer = setTimeout(() => body.destroy(), DISCARD_MS);
  try {
    await body.dump();
  } finally {
    clearTimeout(timer);
  }
}
