// What is asked for again: a request that failed, and the rest of a stream whose connection broke.
import type { CommandOption } from "./option.ts";
import { parseCount } from "./parse-values.ts";

export const retryOptions = [
  {
    name: "retry",
    category: "retries",
    value: "<times>",
    summary: "retry failed requests this many times",
    details: () =>
      "A POST is retried, too. A request fails if there is no connection, no response, or HTTP 429 or 5xx. Pauses are what Retry-After asks for, " +
      "or grow up to a minute. A response that has begun is never requested again.",
    parse: parseCount,
    default: { value: 0, text: "0" },
  },
  {
    name: "reconnect",
    category: "retries",
    value: "[attempts]",
    summary: "reconnect like EventSource",
    details: () =>
      "It sends Last-Event-ID, for servers that keep their events, and gives up after this many attempts in a row without a new " +
      "event (default: 5).",
    parse: parseAttempts,
  },
  {
    name: "resume",
    category: "retries",
    value: "[attempts]",
    summary: "resume a background response of OpenAI",
    details: () => "It goes on after the last sequence_number. Attempts are counted as for --reconnect.",
    parse: parseAttempts,
  },
] as const satisfies readonly CommandOption[];

/** NaN if it is not a number: the text may be the URL that was meant as a source, and that may hold a key. */
function parseAttempts(text: string): number {
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : Number.NaN;
}
