// From a break to the next connection: waits, repeats the request, and retries if the network fails.
import { TransportError } from "../errors.ts";
import type { Requester, RequestChange } from "../sources/requester.ts";
import type { Input } from "../sources/input.ts";
import { describeAnswer, isEventStream, isNoContent } from "./response.ts";
import type { Clock } from "../timing/clock.ts";
import { formatDuration } from "../wording/durations.ts";

/** Limit on the delay, whatever the server requests and however often it failed. */
const LONGEST_WAIT_MS = 60_000;
/** Doubles from attempt to attempt unless the stream requests more. */
const BACKOFF_MS = 1000;

/** At most this many requests per period: a server may send `retry: 0` and end each connection immediately. */
const MOST_REQUESTS = 5;
const PERIOD_MS = 5000;

export interface Reconnector {
  /**
   * Makes the changed request after the delay. Null if nothing more will come: the server responds with 204, no attempt
   * is left after clean closes, or `signal` is aborted. Throws TransportError if the stream cannot be continued: the
   * network's last failure if no attempt is left.
   */
  reconnect(request: Reconnection, signal: AbortSignal): Promise<Joined | null>;
  /** A new event arrived: the count of attempts starts again. */
  reset(): void;
}

export interface Reconnection {
  readonly change: RequestChange;
  readonly reconnectionMs: number;
  /** The network failure; null if the connection ended cleanly. */
  readonly failure: TransportError | null;
  /** Where the stream continues, for messages. */
  readonly place: string;
}

export interface Joined {
  readonly input: Input;
  /** When the request was made, by the clock. */
  readonly openedAt: number;
}

export interface ReconnectorOptions {
  /** How many consecutive connections may fail or bring no event. */
  readonly mostTries: number;
  readonly clock: Clock;
  /** Prints one line for the user. */
  readonly tell: (message: string) => void;
}

/** Counts the attempts of one stream. */
export function createReconnector(requester: Requester, { mostTries, clock, tell }: ReconnectorOptions): Reconnector {
  let tries = 0;
  /** The times of the last requests, by the clock: at most `MOST_REQUESTS`. */
  const requested: number[] = [];

  function waitMs(reconnectionMs: number): number {
    const ms = tries === 1 ? reconnectionMs : Math.max(reconnectionMs, BACKOFF_MS) * 2 ** (tries - 1);
    const [first] = requested;
    const leastMs = requested.length < MOST_REQUESTS || first === undefined ? 0 : first + PERIOD_MS - clock.now();
    return Math.min(Math.max(ms, leastMs), LONGEST_WAIT_MS);
  }

  async function reconnect(request: Reconnection, signal: AbortSignal): Promise<Joined | null> {
    let { failure } = request;
    while (tries < mostTries) {
      tries += 1;
      const ms = waitMs(request.reconnectionMs);
      tell(describeTry(failure, ms, request.place, `attempt ${tries} of ${mostTries}`));
      await clock.wait(ms, signal);
      if (signal.aborted) return null;
      try {
        return await connect(request.change, signal);
      } catch (error) {
        if (!(error instanceof TransportError) || error.code === REFUSED) throw error;
        failure = error;
      }
    }
    if (failure !== null) throw failure;
    return null;
  }

  async function connect(change: RequestChange, signal: AbortSignal): Promise<Joined | null> {
    const openedAt = clock.now();
    requested.push(openedAt);
    if (requested.length > MOST_REQUESTS) requested.shift();
    const closing = new AbortController();
    const input = await requester.request(change, AbortSignal.any([signal, closing.signal]));
    if (signal.aborted) return null;
    if (isEventStream(input)) return { input, openedAt };
    closing.abort();
    // Reading the body closes the connection.
    for await (const _ of input.chunks) break;
    if (isNoContent(input)) return null;
    throw new TransportError(REFUSED, `cannot continue the stream: ${describeAnswer(input)}`);
  }

  return {
    reconnect,
    reset() {
      tries = 0;
    },
  };
}

/** The code of a response that is not an event stream. */
const REFUSED = "NOT_JOINED";

/** Why a connection broke, for messages; null: it ended cleanly. */
export function reasonOf(failure: TransportError | null): string {
  return failure?.message ?? "the connection ended";
}

function describeTry(failure: TransportError | null, ms: number, place: string, count: string): string {
  const where = place === "" ? "" : ` ${place}`;
  const when = ms === 0 ? "reconnecting" : `reconnecting in ${formatDuration(ms)}`;
  return `${reasonOf(failure)}; ${when}${where} (${count})`;
}
