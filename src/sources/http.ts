// A live HTTP response, through undici. This module and the client are loaded only when a URL is read.
import { STATUS_CODES } from "node:http";
import { pipeline, type Duplex, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { Agent, request, type Dispatcher } from "undici";
import { TransportError, UserError } from "../errors.ts";
import type { SourceContext } from "./index.ts";
import { redact, redactUrl, secretsOf } from "./redact.ts";
import { buildRequest, type HttpRequest } from "./request.ts";
import type { Chunk, HttpHead, Input, Source } from "./source.ts";

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
  const http = await buildRequest(context.request, context);
  const secrets = [...secretsOf(url), ...http.secrets];
  // A stream may be silent for long: no time limit on the body.
  const dispatcher = new Agent({ bodyTimeout: 0, keepAliveTimeout: 1 });
  const openedAt = performance.now();
  try {
    const response = await request(target(url), { ...sendable(url, http), dispatcher, signal });
    return {
      http: readHead(response, url, secrets),
      chunks: readBody(response, dispatcher, openedAt, secrets, signal),
    };
  } catch (error) {
    await dispatcher.destroy();
    if (signal.aborted) return { http: null, chunks: noChunks() };
    throw asTransportError(error, secrets);
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
  const userinfo = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const basic = url.username === "" && url.password === "" ? {} : { authorization: `Basic ${btoa(userinfo)}` };
  return { method, headers: { ...basic, ...headers }, body };
}

function readHead(response: Dispatcher.ResponseData, url: URL, secrets: readonly string[]): HttpHead {
  const { statusCode, headers } = response;
  const location = first(headers.location);
  return {
    status: statusCode,
    statusText: redact(response.statusText || (STATUS_CODES[statusCode] ?? ""), secrets),
    contentType: first(headers["content-type"]),
    location: location !== null && URL.canParse(location, url.href) ? redactUrl(new URL(location, url)) : null,
  };
}

function first(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

async function* noChunks(): AsyncGenerator<Chunk> {}

async function* readBody(
  response: Dispatcher.ResponseData,
  dispatcher: Agent,
  openedAt: number,
  secrets: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Chunk> {
  try {
    const chunks: AsyncIterable<Uint8Array> = decoded(response);
    for await (const bytes of chunks) yield { bytes, atMs: performance.now() - openedAt };
  } catch (error) {
    if (!signal.aborted) throw asTransportError(error, secrets);
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
  const coding = first(headers["content-encoding"])?.trim().toLowerCase() ?? "identity";
  if (coding === "identity" || coding === "") return body;
  const decoder = DECODERS[coding]?.();
  if (decoder === undefined) {
    body.destroy();
    throw new TransportError("UNKNOWN_CONTENT_CODING", `the body is encoded as ${coding}, which cannot be decoded`);
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

function asTransportError(error: unknown, secrets: readonly string[]): unknown {
  if (!(error instanceof Error) || error instanceof TransportError || error instanceof UserError) return error;
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  // Without a code it is not the network's doing.
  if (code === null) return error;
  return new TransportError(code, redact(REASONS[code] ?? error.message, secrets));
}
