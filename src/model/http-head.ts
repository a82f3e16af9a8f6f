import type { Count, HttpStatus, PositiveCount } from "./numbers.ts";
import { asIndex } from "./payload.ts";

/** What happened to a request before its response, without secrets. */
interface RequestCourse {
  /**
   * The addresses that redirected the request, in order; left out if none did.
   * @minItems 1
   */
  readonly redirects?: readonly string[];
  /** Why a redirect was not followed. */
  readonly redirectRefusal?: string;
  /**
   * How many times the request was made; left out if once.
   * @minimum 2
   */
  readonly attempts?: Count;
}

/**
 * A request and its response up to the body, without secrets: from a live source or its recording.
 * @title HTTP exchange
 */
export interface HttpExchange extends RequestCourse {
  readonly request: {
    readonly method: string;
    readonly url: string;
    /** Names in lower case; values without secrets. */
    readonly headers: Readonly<Record<string, string>>;
    /** The body was a JSON-RPC message; left out otherwise. */
    readonly isJsonRpc?: true;
    /** Its number among the exchanges of `ssescope tap` or of `--repeat`; left out elsewhere. */
    readonly exchange?: PositiveCount;
    /** The `model` of a JSON body; left out if it has none. */
    readonly model?: string;
    /** `stream` of a JSON body: whether it asks for a stream; left out if it does not say. */
    readonly stream?: boolean;
  };
  readonly response: {
    readonly status: HttpStatus;
    /** The reason phrase; empty if the server gives none. */
    readonly statusText: string;
    /** Names in lower case; values of one name are joined by commas; without secrets. */
    readonly headers: Readonly<Record<string, string>>;
  };
}

/**
 * Status and headers of a response, live or captured with the body.
 * @title HTTP head
 */
export interface HttpHead extends RequestCourse {
  /** The request, if known; the report has it in a separate key. */
  readonly request?: HttpExchange["request"];
  readonly status: HttpStatus;
  /** The reason phrase; empty if the server gives none. */
  readonly statusText: string;
  readonly contentType: string | null;
  /** How the body was compressed; left out if it was not, or if the response is captured. */
  readonly contentEncoding?: string;
  /** The request was a JSON-RPC message, as MCP sends; left out if not, or if unknown. */
  readonly isJsonRpc?: true;
  /** Target of a redirect that was not followed, without secrets; null for other responses. */
  readonly location: string | null;
}

/** RFC 9110, 12.5.3: a value for Accept-Encoding that some servers put into a response. */
const NOT_ENCODED = "identity";

export function headOf({ request, response, redirects, redirectRefusal, attempts }: HttpExchange): HttpHead {
  const { status, statusText, headers } = response;
  const way = {
    ...(redirects !== undefined && { redirects }),
    ...(redirectRefusal !== undefined && { redirectRefusal }),
    ...(attempts !== undefined && { attempts }),
  };
  const coding = headers["content-encoding"]?.trim() ?? "";
  return {
    status,
    statusText,
    contentType: headers["content-type"] ?? null,
    ...(coding !== "" && coding !== NOT_ENCODED && { contentEncoding: coding }),
    ...(request.isJsonRpc === true && { isJsonRpc: true }),
    location: headers.location ?? null,
    request,
    ...way,
  };
}

const FIRST_STATUS = 100;
const LAST_STATUS = 999;

/** A status code; null if the value is not one: three digits, the first not 0 (RFC 9110, 15). */
export function asHttpStatus(value: unknown): HttpStatus | null {
  const status = asIndex(value);
  return status === null || status < FIRST_STATUS || status > LAST_STATUS ? null : status;
}

/** From this status on a body is a redirect or an error, whatever it looks like. */
export const FIRST_STATUS_WITHOUT_STREAM = 300;

/** Whether a body may be a stream: an HTTP error is not one, unless the server says so. */
export function mayBeStream(http: HttpHead | null): boolean {
  if (http === null || http.status < FIRST_STATUS_WITHOUT_STREAM) return true;
  return http.contentType?.startsWith("text/event-stream") === true;
}
