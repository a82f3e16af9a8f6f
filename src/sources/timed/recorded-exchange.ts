// The HTTP exchange in the header of a file of times.
import { asHttpStatus, type HttpExchange } from "../../model/http-head.ts";
import { asIndex, asObject, asString, type JsonObject } from "../../model/payload.ts";

/** Null where there is none, or where it lacks what every exchange has: an address and a status. */
export function asExchange(exchange: JsonObject | null): HttpExchange | null {
  const { redirects, redirectRefusal, attempts } = exchange ?? {};
  const request = asObject(exchange?.request);
  const response = asObject(exchange?.response);
  const status = asHttpStatus(response?.status);
  const url = asString(request?.url);
  if (request === null || response === null || status === null || url === null || !URL.canParse(url)) return null;
  const addresses = Array.isArray(redirects) ? redirects.filter((address) => typeof address === "string") : [];
  const exchangeNumber = countFrom(1, request.exchange);
  const requests = countFrom(2, attempts);
  return {
    request: {
      method: asString(request.method) ?? "",
      url,
      headers: asTexts(request),
      ...(request.isJsonRpc === true && { isJsonRpc: true }),
      ...(exchangeNumber !== null && { exchange: exchangeNumber }),
      ...(typeof request.model === "string" && { model: request.model }),
      ...(typeof request.stream === "boolean" && { stream: request.stream }),
    },
    response: { status, statusText: asString(response.statusText) ?? "", headers: asTexts(response) },
    ...(addresses.length > 0 && { redirects: addresses }),
    ...(typeof redirectRefusal === "string" && { redirectRefusal }),
    ...(requests !== null && { attempts: requests }),
  };
}

/** Null for what is not a count, or is less than `least`. */
function countFrom(least: number, value: unknown): number | null {
  const count = asIndex(value);
  return count === null || count < least ? null : count;
}

function asTexts({ headers }: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(asObject(headers) ?? {}).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : [],
    ),
  );
}
