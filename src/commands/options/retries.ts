// Options for retrying a failed request and for reconnecting after a break.
import type { CommandOption } from "./option.ts";
import { parseCount } from "./parse-values.ts";

export const retryOptions = [
  {
    name: "retry",
    category: "retries",
    value: "<times>",
    summary: "retry failed requests this many times",
    details: () =>
      "A request fails without a connection or response, or with HTTP 429 or 5xx. A POST is retried, too. Pauses " +
      "follow Retry-After, or grow up to a minute. A response that has begun is never requested again.",
    parse: parseCount,
    default: { value: 0, text: "0" },
  },
  {
    name: "reconnect",
    category: "retries",
    value: "[attempts]",
    summary: "reconnect like EventSource",
    details: () =>
      "Sends Last-Event-ID, for servers that store their events. Gives up after this many consecutive attempts " +
      "without a new event (default: 5).",
    parse: parseAttempts,
  },
  {
    name: "resume",
    category: "retries",
    value: "[attempts]",
    summary: "resume an OpenAI background response",
    details: () => "Continues after the last sequence_number. Attempts are counted as for --reconnect.",
    parse: parseAttempts,
  },
] as const satisfies readonly CommandOption[];

/**
 * NaN if it is not a number: the text may be a URL that was meant as a source, with a key in it. 0 is refused later.
 */
function parseAttempts(text: string): number {
  return /^(?:0|[1-9]\d{0,5})$/.test(text) ? Number(text) : Number.NaN;
}
