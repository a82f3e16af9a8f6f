// What a copy that is shared says of where it comes from: what kind of request and answer it was, and nothing of whose.
import type { HttpExchange } from "../model/http-head.ts";
import type { TimingHeader } from "../sources/timed/timing-file.ts";

const SOMEWHERE = "https://redacted.invalid";
/** Headers that say what was asked for and what came. */
const SHARED = new Set([
  "accept",
  "content-type",
  "content-encoding",
  "cache-control",
  "retry-after",
  "transfer-encoding",
]);

/** The header without time, host, query and all that names somebody. */
export function shareable(header: TimingHeader): TimingHeader {
  const { exchange } = header;
  return {
    ...header,
    source: "redacted",
    startedAt: null,
    exchange: exchange === null ? null : withoutNames(exchange),
  };
}

/** A failure without what is in parentheses: the host, and whatever else the system says of it. */
export function withoutPlace(message: string): string {
  return message.replace(/ \(.*\)/s, "");
}

/** A request without host, query and headers that name somebody. */
export function shareableRequest(request: HttpExchange["request"]): HttpExchange["request"] {
  const path = URL.canParse(request.url) ? new URL(request.url).pathname : "/";
  return {
    method: request.method,
    url: SOMEWHERE + path,
    headers: sharedOf(request.headers),
    ...(request.isJsonRpc === true && { isJsonRpc: true }),
    ...(request.exchange !== undefined && { exchange: request.exchange }),
    ...(request.model !== undefined && { model: request.model }),
    ...(request.stream !== undefined && { stream: request.stream }),
  };
}

function withoutNames({ request, response, attempts }: HttpExchange): HttpExchange {
  return {
    request: shareableRequest(request),
    response: { status: response.status, statusText: response.statusText, headers: sharedOf(response.headers) },
    ...(attempts !== undefined && { attempts }),
  };
}

function sharedOf(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => SHARED.has(name)));
}
