// A live HTTP response, through undici. This module and the client are loaded only when a URL is read.
import { STATUS_CODES } from "node:http";
import { pipeline, type Duplex, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { Agent, request, type Dispatcher } from "undici";
import type { Chunk } from "../chunk.ts";
import { TransportError, UserError } from "../errors.ts";
import { FIRST_STATUS_WITHOUT_STREAM, type HttpExchange } from "../http-head.ts";
import { basicCredentials, redact, redactChunks, redactHeaders, redactUrl, secretsOf } from "./redact.ts";
import { takeArrivals } from "./arrivals.ts";
import { buildRequest, type HttpRequest } from "./request.ts";
import { bareInput, noChunks, type Input, type Source, type SourceContext } from "./source.ts";

/** Reads the URL with the request of `context`. Throws UserError where the URL is none. */
export function httpSource(address: string, context: SourceContext): Source {
  const url = parseUrl(address);
  return { name: redactUrl(url), open: (signal) => openUrl(url, context, signal) };
}

function parseUrl(address: string): URL {
  if (!URL.canParse(address))
    throw new UserError("the URL given is not valid", "its text is not shown, for it may hold a key");
  return new URL(address);
}

async function openUrl(url: URL, context: SourceContext, signal: AbortSignal): Promise<Input> {
  const http = await buildRequest(context.request, context.io);
  const inUrl = secretsOf(url);
  const secrets = [...inUrl, ...http.secrets];
  // A stream may be silent for long: no time limit on the body.
  const dispatcher = new Agent({ bodyTimeout: 0, keepAliveTimeout: 1 });
  const openedAt = performance.now();
  const startedAt = new Date();
  try {
    const response = await request(target(url), { ...sendable(url, http), dispatcher, signal });
    const headMs = performance.now() - openedAt;
    const arrivals = takeArrivals(decoded(response), openedAt);
    const chunks = readBody(arrivals.chunks, url, dispatcher, secrets, signal);
    // A stream keeps every word that is no key: a header such as X-Title may stand in an answer.
    const hidden = response.statusCode >= FIRST_STATUS_WITHOUT_STREAM ? secrets : [...inUrl, ...http.keys];
    return {
      exchange: readExchange(url, http, response, secrets),
      startedAt: startedAt.toISOString(),
      opening: { connectMs: null, tlsMs: null, headMs },
      chunks: hidden.length === 0 ? chunks : redactChunks(chunks, hidden),
      closing: () => arrivals.closing(),
    };
  } catch (error) {
    await dispatcher.destroy();
    if (signal.aborted) return bareInput(noChunks());
    throw asTransportError(error, url, secrets, OPENING_REASONS);
  }
}

/** User and password of a URL become a header; the request line never holds them. */
function target(url: URL): URL {
  const bare = new URL(url);
  bare.username = "";
  bare.password = "";
  return bare;
}

function sendable(url: URL, { method, headers, body }: HttpRequest) {
  const credentials = basicCredentials(url);
  const basic = credentials === null ? null : { authorization: `Basic ${credentials}` };
  return { method, headers: { ...basic, ...headers }, body };
}

function readExchange(
  url: URL,
  { method, headers }: HttpRequest,
  response: Dispatcher.ResponseData,
  secrets: readonly string[],
): HttpExchange {
  const { statusCode: status, statusText } = response;
  const received = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(", ")] as const);
  return {
    request: { method, url: redactUrl(url), headers: redactHeaders(Object.entries(headers), url, secrets) },
    response: {
      status,
      statusText: redact(statusText || (STATUS_CODES[status] ?? ""), secrets),
      headers: redactHeaders(received, url, secrets),
    },
  };
}

function first(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

async function* readBody(
  chunks: AsyncIterable<Chunk>,
  url: URL,
  dispatcher: Agent,
  secrets: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Chunk> {
  try {
    yield* chunks;
  } catch (error) {
    if (!signal.aborted) throw asTransportError(error, url, secrets, REASONS);
  } finally {
    await dispatcher.destroy();
  }
}

const DECODERS: Record<string, () => Duplex> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** The body as the server meant it: some compress although `identity` was asked for. */
function decoded({ body, headers }: Dispatcher.ResponseData): Readable {
  const named = first(headers["content-encoding"])?.trim() ?? "";
  const coding = named.toLowerCase();
  if (coding === "" || coding === "identity") return body;
  const decoder = DECODERS[coding]?.();
  if (decoder === undefined) {
    // It complains about being destroyed, and nobody listens.
    body.on("error", () => {}).destroy();
    throw new TransportError("UNKNOWN_CONTENT_CODING", `the body is encoded as ${named}, which cannot be decoded`);
  }
  // An error on either side destroys both, and reaches the reader of the decoder.
  return pipeline(body, decoder, () => {});
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was reset",
  ENOTFOUND: "the host name is not known",
  EAI_AGAIN: "the host name could not be looked up",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  EPIPE: "the server closed the connection",
  ETIMEDOUT: "the connection timed out",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time",
  UND_ERR_HEADERS_TIMEOUT: "no answer in time",
  UND_ERR_BODY_TIMEOUT: "the body stopped coming",
  UND_ERR_SOCKET: "the server closed the connection in the middle of the response",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the server's certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "the server's certificate comes from an authority that is not trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the server's certificate cannot be verified",
  CERT_HAS_EXPIRED: "the server's certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "the server's certificate is for another name",
  ERR_SSL_WRONG_VERSION_NUMBER: "the server does not speak TLS here; is it http:// that is meant?",
};

/** Where the connection ends before there is an answer. */
const OPENING_REASONS: Record<string, string> = {
  ...REASONS,
  UND_ERR_SOCKET: "the server closed the connection without an answer",
};

/** It is the options that are wrong, not the network. */
const UNSENDABLE = new Set(["UND_ERR_INVALID_ARG", "UND_ERR_NOT_SUPPORTED", "UND_ERR_REQ_CONTENT_LENGTH_MISMATCH"]);

function asTransportError(
  error: unknown,
  url: URL,
  secrets: readonly string[],
  reasons: Record<string, string>,
): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof TransportError) return new TransportError(error.code, redact(error.message, secrets));
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  // Without a code it is not the network's doing.
  if (code === null) return error;
  const message = redact(reasons[code] ?? error.message, secrets);
  if (UNSENDABLE.has(code)) return new UserError(`this request cannot be sent: ${message}`);
  return new TransportError(code, `${message} (${url.host})`);
}
