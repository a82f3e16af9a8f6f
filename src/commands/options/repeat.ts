// Options for repeating a request: how often, how many at once, how fast.
import { InvalidValueError } from "./invalid-value.ts";
import type { ArgumentsOf, CommandOption } from "./option.ts";
import { parsePositive } from "./parse-values.ts";

/** More would be a load test, for which there are other tools. */
export const MOST_AT_ONCE = 64;

export const repeatOptions = [
  {
    name: "repeat",
    category: "repetition",
    value: "<times>",
    summary: "make the request many times; print statistics",
    details: () =>
      "For one URL; a WebSocket gets the messages of -d each time. Each stream is inspected; an HTTP error or a " +
      "failed connection counts like any other result. On a terminal, stderr has a line for each finished stream and " +
      "a table of the open ones; otherwise, a line for each stream that failed. --record keeps each stream in a new " +
      "folder of that name.",
    parse: parsePositive,
  },
  {
    name: "concurrency",
    category: "repetition",
    value: "<requests>",
    summary: "limit open requests",
    details: () =>
      `From 1 to ${MOST_AT_ONCE}: enough to find the one stream in fifty that breaks, but not for load tests.`,
    parse: parseConcurrency,
    default: { text: `1; ${MOST_AT_ONCE} with --rate` },
  },
  {
    name: "rate",
    category: "repetition",
    value: "<rate>",
    summary: "limit how many requests begin: 5/s, 30/m or 100/h",
    details: () =>
      "A number, with or without decimals, per second (s), minute (m) or hour (h). Requests begin at even intervals " +
      "(5/s: every 200 ms), or later if --concurrency is reached.",
    parse: parseRate,
  },
] as const satisfies readonly CommandOption[];

export type RepeatArguments = ArgumentsOf<typeof repeatOptions>;

function parseConcurrency(text: string): number {
  const count = parsePositive(text);
  if (count <= MOST_AT_ONCE) return count;
  throw new InvalidValueError(
    `At most ${MOST_AT_ONCE} requests can be open at once; for more load, use a load testing tool.`,
  );
}

const UNITS_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };
const LONGEST_INTERVAL_MS = 86_400_000;

/** The interval between two requests in ms: `5/s` is 200. */
function parseRate(text: string): number {
  const [, count = "", unit = ""] = /^(\d{1,6}(?:\.\d{1,3})?)\/([smh])$/.exec(text) ?? [];
  const intervalMs = (UNITS_MS[unit] ?? 0) / Number(count);
  if (intervalMs > 0 && intervalMs <= LONGEST_INTERVAL_MS) return intervalMs;
  throw new InvalidValueError(
    "Expected a rate such as 5/s, 30/m or 100/h, with a number up to 999999.999, and at least one request a day.",
  );
}
