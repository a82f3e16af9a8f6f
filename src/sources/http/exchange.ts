// Describes a request and its response without secrets.
import { STATUS_CODES } from "node:http";
import type { Dispatcher } from "undici";
import { TransportError } from "../../errors.ts";
import { asHttpStatus, type HttpExchange } from "../../model/http-head.ts";
import { asObject } from "../../model/payload.ts";
import { parseRequestBody } from "../../model/request-body.ts";
import { maskSecrets, maskHeaders, maskUrl } from "../secrets.ts";
import type { Hop } from "./client.ts";

type Response = Pick<Dispatcher.ResponseData, "statusCode" | "statusText" | "headers">;

/** How the response was reached. */
export interface Way {
  /** The earlier requests, each of which was redirected. */
  readonly redirects: readonly Hop[];
  /** Why a redirect was not followed; null: the response is not a refused redirect. */
  readonly refusal: string | null;
  /** The number of attempts. */
  readonly attempts: number;
}

/** Throws TransportError where a response has a status that is not one: nothing is known of what it is. */
export function refuseInvalidStatus(status: number): void {
  if (asHttpStatus(status) !== null) return;
  throw new TransportError("INVALID_STATUS", `the server sent the status ${status}, which does not exist in HTTP`);
}

export function describeExchange(
  { method, url, headers, body }: Hop,
  response: Response,
  { redirects, refusal, attempts }: Way,
  secrets: readonly string[],
): HttpExchange {
  const { statusCode: status, statusText } = response;
  const received = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(", ")] as const);
  return {
    request: describeRequest({ method, url, headers, body }, secrets),
    response: {
      status,
      statusText: maskSecrets(statusText || (STATUS_CODES[status] ?? ""), secrets),
      headers: maskHeaders(received, url, secrets),
    },
    ...(redirects.length > 0 && { redirects: redirects.map((hop) => maskUrl(hop.url, secrets)) }),
    ...(refusal !== null && { redirectRefusal: refusal }),
    ...(attempts > 1 && { attempts }),
  };
}

/** Describes a request without secrets. */
export function describeRequest(
  { method, url, headers, body }: Hop,
  secrets: readonly string[],
): HttpExchange["request"] {
  return {
    method,
    url: maskUrl(url, secrets),
    headers: maskHeaders(Object.entries(headers), url, secrets),
    ...(body !== null && asked(parseRequestBody(body, headers["content-type"] ?? null))),
  };
}

/** The value of a header; the first if there are several. */
export function headerOf({ headers }: Pick<Response, "headers">, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** What a body requests: whether it is JSON-RPC 2.0 (one message or several, as in MCP), its model, and `stream`. */
function asked(value: unknown): Pick<HttpExchange["request"], "isJsonRpc" | "model" | "stream"> {
  const { model, stream } = asObject(value) ?? {};
  const messages = [value].flat();
  const isJsonRpc = messages.length > 0 && messages.every((message) => asObject(message)?.jsonrpc === "2.0");
  return {
    ...(isJsonRpc && { isJsonRpc }),
    ...(typeof model === "string" && { model }),
    ...(typeof stream === "boolean" && { stream }),
  };
}
