// The options for a source that is a URL: what is sent, and how the network is used.
import { type Command, Option } from "commander";
import type { Io } from "../io.ts";
import type { SourceContext } from "../sources/source.ts";
import { type Pages, tell } from "../terminal/pages.ts";
import type { ReadingArguments } from "./options.ts";
import { collect, once, parseCount, parseTime } from "./values.ts";

/** A key is missing where its option was not given and has no default. */
export interface UrlArguments {
  readonly request?: string;
  readonly header: readonly string[];
  readonly headerEnv: readonly string[];
  readonly data?: string;
  readonly bearerEnv?: string;
  readonly connectTimeout: number;
  readonly headTimeout?: number;
  readonly idleTimeout?: number;
  readonly maxTime?: number;
  readonly retry: number;
  readonly cacert?: string;
  readonly insecure?: true;
  readonly http2?: true;
  readonly locationTrusted?: true;
  /** The most tries in a row; true: as many as usual, NaN: no number. */
  readonly reconnect?: number | true;
  readonly resume?: number | true;
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
        .argParser(parseTime)
        .default(DEFAULT_CONNECT_TIMEOUT_MS, "10s"),
    )
    .addOption(
      new Option("--head-timeout <time>", "from the request to the head of its answer (default: none)").argParser(
        parseTime,
      ),
    )
    .addOption(
      new Option("--idle-timeout <time>", "between two bytes of the answer (default: none)").argParser(parseTime),
    )
    .addOption(
      new Option("--max-time <time>", "from the request to the end of the answer (default: none)").argParser(parseTime),
    )
    .addOption(
      new Option("--retry <times>", "make the request again, a POST too: no connection, no answer, HTTP 429 or 5xx")
        .argParser(parseCount)
        .default(0),
    )
    .addOption(
      new Option(
        "--reconnect [tries]",
        "where the connection breaks, go on as EventSource does; tries in a row, 5 if not said",
      ).argParser(parseTries),
    )
    .addOption(
      new Option("--resume [tries]", "the same for a background response of OpenAI, by its numbers").argParser(
        parseTries,
      ),
    )
    .option("--location-trusted", "send what you gave along with a redirect, wherever it leads")
    .option("--cacert <file>", "the certificates (PEM) to trust in place of the system's")
    .option("--insecure", "take any certificate")
    .option("--http2", "speak HTTP/2 where the server does");
}

/** What sources may need of the options. */
export function sourceContext(options: ReadingArguments & UrlArguments, io: Io, pages: Pages): SourceContext {
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
      headTimeoutMs: options.headTimeout ?? null,
      idleTimeoutMs: options.idleTimeout ?? null,
      maxTimeMs: options.maxTime ?? null,
      retries: options.retry,
      caFile: options.cacert ?? null,
      insecure: options.insecure === true,
      http2: options.http2 === true,
      locationTrusted: options.locationTrusted === true,
    },
    maxDecodedBytes: options.maxDecodedSize,
    talk: (message) => tell(message, pages),
  };
}

/** NaN where it is none: the text may be the URL that was meant as a source, and that may hold a key. */
function parseTries(value: string): number {
  return /^[1-9]\d{0,5}$/.test(value) ? Number(value) : Number.NaN;
}
