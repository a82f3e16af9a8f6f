// What a record says about its request and response, besides the body.
import { TransportError } from "../../errors.ts";
import { withoutSecrets } from "../../model/address.ts";
import { asHttpStatus, type HttpExchange, type HttpHead } from "../../model/http-head.ts";
import { asObject, asString, type JsonObject } from "../../model/payload.ts";
import { readStatus, readStatusText } from "../archive/recorded-headers.ts";

/** What a value is that has a key's name and not its form. */
export const INVALID = Symbol("invalid");

/** Whether a key has a value: tables have all columns in every row. */
export function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Undefined for what is not JSON. */
export function parseAny(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const ISO_DATE = /^\d{4}-\d\d-\d\d/;
/** 1973 and 5138: numbers outside are seconds or microseconds. */
const LEAST_MS = 1e11;
const MOST_MS = 1e14;

/**
 * When the source was opened: ISO 8601, or a number of ms since 1970, which engines write for a timestamp. Null if it is not
 * there: tables also write an empty text.
 */
export function startOf(value: unknown): string | null | typeof INVALID {
  if (!isThere(value) || value === "") return null;
  const isTime = (typeof value === "string" && ISO_DATE.test(value)) || isMs(value);
  if (!isTime) return INVALID;
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? INVALID : time.toISOString();
}

function isMs(value: unknown): value is number {
  return typeof value === "number" && value >= LEAST_MS && value <= MOST_MS;
}

/** Null if no response came, for which recorders and tables write 0 or an empty text. */
export function statusOf(value: unknown): number | null | typeof INVALID {
  if (!isThere(value) || value === 0 || value === "") return null;
  return asHttpStatus(readStatus(value)) ?? INVALID;
}

/** Whether a value has keys of its own, as stored headers have. */
export function hasKeys(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

/** Not a word for people, but a code of Node.js or libuv. */
const CODE = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*$/;

/** What ended the connection before its end: a message, a code of Node.js, or an object with both. */
export function stopOf(error: unknown): TransportError | null {
  if (typeof error === "string" && error !== "") {
    return CODE.test(error) ? stopBy(error, null) : stopBy("ECONNRESET", error);
  }
  const { code, message } = asObject(error) ?? {};
  if (typeof code !== "string" && typeof message !== "string") return null;
  return stopBy(asString(code) ?? "ECONNRESET", asString(message));
}

/** A message that only repeats the code says nothing. */
function stopBy(code: string, message: string | null): TransportError {
  return new TransportError(code, message === null || message === code || message === "" ? CUT : message);
}

const CUT = "the connection ended early";

/** The request for reports, and as messages show it. */
interface StoredRequest {
  /** Null if its address was not stored. */
  readonly asked: HttpExchange["request"] | null;
  readonly shown: string | null;
}

/** The request; null if it was not stored. */
export function requestOf(value: unknown): StoredRequest | null | typeof INVALID {
  if (!isThere(value) || value === "") return null;
  const request = asObject(value);
  if (request === null) return INVALID;
  const { method: named, url: stored, body } = request;
  const { model, stream } = asObject(typeof body === "string" ? parseAny(body) : body) ?? {};
  const method = asString(named)?.toUpperCase() ?? "";
  const url = withoutSecrets(asString(stored) ?? "");
  // A path, as servers log it: only the path is reported.
  const address = url.startsWith("/") ? `${UNKNOWN_HOST}${url.replace(/^\/+/, "/")}` : url;
  const asked = {
    method,
    url: address,
    headers: {},
    ...(typeof model === "string" && { model }),
    ...(typeof stream === "boolean" && { stream }),
  };
  return { asked: URL.canParse(address) ? asked : null, shown: `${method} ${url}`.trim() || null };
}

const UNKNOWN_HOST = "http://unknown.invalid";

/** Status and headers of the response. */
export function headOf(
  status: number,
  { status: stored, statusText }: JsonObject,
  contentType: string | null,
  location: string | null,
  request: HttpExchange["request"] | null,
): HttpHead {
  return {
    status,
    statusText: asString(statusText) ?? readStatusText(stored),
    contentType,
    location: location === null || location === "" ? null : withoutSecrets(location),
    ...(request !== null && { request }),
  };
}
