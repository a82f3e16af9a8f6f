// The header of a shared copy: it describes the kind of request and response, and identifies nobody.
import type { HttpExchange } from "../model/http-head.ts";
import { STATUS_CODES } from "node:http";
import type { TimingHeader } from "../sources/timed/timing-file.ts";
import { isPublicModel } from "./model-names.ts";
import { shareablePath } from "./shareable-path.ts";

const SOMEWHERE = "https://redacted.invalid";
const SOME_MODEL = "redacted";
/** Headers that describe the request and the response. */
const SHARED = new Set([
  "accept",
  "content-type",
  "content-encoding",
  "cache-control",
  "retry-after",
  "transfer-encoding",
]);

/** The header without time, host, query and everything that identifies a user. */
export function shareable(header: TimingHeader): TimingHeader {
  const { exchange } = header;
  return {
    ...header,
    source: "redacted",
    startedAt: null,
    exchange: exchange === null ? null : withoutNames(exchange),
  };
}

/** A failure message without the part in parentheses, which names the host. */
export function withoutPlace(message: string): string {
  return message.replace(/ \(.*\)/s, "");
}

/** Whether a request is from a shared copy, which has no query. */
export function isShared({ url }: Pick<HttpExchange["request"], "url">): boolean {
  return url.startsWith(`${SOMEWHERE}/`);
}

/** A request without host, query, and headers and path segments that identify a user. */
export function shareableRequest(request: HttpExchange["request"]): HttpExchange["request"] {
  const path = URL.canParse(request.url) ? new URL(request.url).pathname : "/";
  const { model } = request;
  return {
    method: request.method,
    url: SOMEWHERE + shareablePath(path),
    headers: sharedOf(request.headers),
    ...(request.isJsonRpc === true && { isJsonRpc: true }),
    ...(request.exchange !== undefined && { exchange: request.exchange }),
    ...(model !== undefined && { model: isPublicModel(model) ? model : SOME_MODEL }),
    ...(request.stream !== undefined && { stream: request.stream }),
  };
}

function withoutNames({ request, response, attempts }: HttpExchange): HttpExchange {
  return {
    request: shareableRequest(request),
    response: { status: response.status, statusText: usualPhrase(response), headers: sharedOf(response.headers) },
    ...(attempts !== undefined && { attempts }),
  };
}

/** The standard reason phrase of a status: a server may send any text there. */
function usualPhrase({ status, statusText }: HttpExchange["response"]): string {
  const usual = STATUS_CODES[status] ?? "";
  return statusText.toLowerCase() === usual.toLowerCase() ? statusText : statusText === "" ? "" : usual;
}

function sharedOf(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => SHARED.has(name)));
}
