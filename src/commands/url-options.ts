// The options for a source that is a URL: what is sent, and how the network is used.
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Io } from "../io.ts";
import type { SourceContext } from "../sources/source.ts";
import { flushTalk, type Pages } from "../terminal/pages.ts";
import { collect, type ReadingArguments } from "./options.ts";

/** A key is missing where its option was not given and has no default. */
export interface UrlArguments {
  readonly request?: string;
  readonly header: readonly string[];
  readonly headerEnv: readonly string[];
  readonly data?: string;
  readonly bearerEnv?: string;
  readonly connectTimeout: number;
  readonly idleTimeout?: number;
  readonly maxTime?: number;
  readonly retry: number;
  readonly cacert?: string;
  readonly insecure?: true;
  readonly http2?: true;
  readonly locationTrusted?: true;
}

const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;

/** Adds the options to a command. A value that none of them can have ends with an error of commander's. */
export function addUrlOptions(command: Command): Command {
  return command
    .optionsGroup("Options for a URL:")
    .option("-X, --request <method>", "HTTP method (default: GET, or POST where there is a body)")
    .addOption(
      new Option("-H, --header <line>", "'Name: value', or @file with one on each line; repeatable")
        .argParser(collect)
        .default([], "none"),
    )
    .addOption(
      new Option("--header-env <name=variable>", "a header whose value is in the environment; repeatable")
        .argParser(collect)
        .default([], "none"),
    )
    .addOption(new Option("-d, --data <body>", "the body: text, @file, or @- for standard input").argParser(once))
    .option("--bearer-env <variable>", "the environment variable that holds the bearer token")
    .addOption(
      new Option("--connect-timeout <time>", "to an open connection: look-up, TCP and TLS")
        .argParser(parseDuration)
        .default(DEFAULT_CONNECT_TIMEOUT_MS, "10s"),
    )
    .addOption(
      new Option("--idle-timeout <time>", "between two bytes of the answer (default: none)").argParser(parseDuration),
    )
    .addOption(
      new Option("--max-time <time>", "from the request to the end of the answer (default: none)").argParser(
        parseDuration,
      ),
    )
    .addOption(
      new Option("--retry <times>", "make the request again, a POST too: no connection, no answer, HTTP 429 or 5xx")
        .argParser(parseCount)
        .default(0),
    )
    .option("--location-trusted", "send what you gave along with a redirect, wherever it leads")
    .option("--cacert <file>", "the certificates (PEM) to trust in place of the system's")
    .option("--insecure", "take any certificate")
    .option("--http2", "speak HTTP/2 where the server does");
}

/** What sources may need of the options. */
export function sourceContext(
  options: ReadingArguments & UrlArguments,
  io: Io,
  { stderr }: Pick<Pages, "stderr">,
): SourceContext {
  return {
    io,
    request: {
      method: options.request ?? null,
      headers: options.header,
      headerEnv: options.headerEnv,
      data: options.data ?? null,
      bearerEnv: options.bearerEnv ?? null,
    },
    network: {
      connectTimeoutMs: options.connectTimeout,
      idleTimeoutMs: options.idleTimeout ?? null,
      maxTimeMs: options.maxTime ?? null,
      retries: options.retry,
      caFile: options.cacert ?? null,
      insecure: options.insecure === true,
      http2: options.http2 === true,
      locationTrusted: options.locationTrusted === true,
    },
    maxDecodedBytes: options.maxDecodedSize,
    record: options.record ?? null,
    talk(message) {
      stderr.write("ssescope: ", "dim");
      stderr.writeInline(message);
      stderr.write("\n");
      // It is of use only now; where nobody reads it, the run goes on.
      flushTalk(stderr).catch(() => {});
    },
  };
}

/** For an option that says one thing: given twice, it is not clear which is meant. */
function once(value: string, previous: string | undefined): string {
  if (previous !== undefined) throw new InvalidArgumentError("It is given twice.");
  return value;
}

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
/** What timers hold: longer ones would end at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Seconds, or with ms, s, m or h; in ms. */
function parseDuration(value: string): number {
  const [, digits = "", unit = "s"] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(value) ?? [];
  const ms = Number(digits || NaN) * (UNITS[unit] ?? NaN);
  if (!(ms > 0)) throw new InvalidArgumentError("A time is a number of seconds, or such as 500ms, 30s, 2m.");
  return Math.min(ms, LONGEST_MS);
}

function parseCount(value: string): number {
  if (!/^\d{1,4}$/.test(value)) throw new InvalidArgumentError("A number from 0, please.");
  return Number(value);
}
