import type { Count, HttpStatus, PositiveCount } from "./numbers.ts";
import { asIndex } from "./payload.ts";

/** How a request went, without secrets. */
interface RequestCourse {
  /**
   * The addresses that redirected the request, in order; left out if none did.
   * @minItems 1
   */
  readonly redirects?: readonly string[];
  /** Why the response, which is a redirect, was not followed. */
  readonly redirectRefusal?: string;
  /**
   * How often the request was made; left out if once was enough.
   * @minimum 2
   */
  readonly attempts?: Count;
}

/**
 * A request and its response up to the body, without secrets: of a live source, or from its recording.
 * @title HTTP exchange
 */
export interface HttpExchange extends RequestCourse {
  readonly request: {
    readonly method: string;
    readonly url: string;
    /** Names in lower case; values without secrets. */
    readonly headers: Readonly<Record<string, string>>;
    /** The body was a JSON-RPC message; left out if not. */
    readonly isJsonRpc?: true;
    /** Its number among those of `ssescope tap` or of `--repeat`; left out elsewhere. */
    readonly exchange?: PositiveCount;
    /** The `model` of a JSON body; left out if it has none. */
    readonly model?: string;
    /** Whether a JSON body asks for a stream: its `stream`; left out if it does not say. */
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
  /** The request, where it is known; the report has it beside this. */
  readonly request?: HttpExchange["request"];
  readonly status: HttpStatus;
  /** The reason phrase; empty if the server gives none. */
  readonly statusText: string;
  readonly contentType: string | null;
  /** How the body was compressed; left out if it was not, or for a captured response. */
  readonly contentEncoding?: string;
  /** The request was a JSON-RPC message, as MCP sends it; left out if not, or if unknown. */
  readonly isJsonRpc?: true;
  /** Target of a redirect that was not followed, without secrets; null for other responses. */
  readonly location: string | null;
}

/** RFC 9110, 12.5.3: what a request accepts, and some servers name in a response. */
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

/** A status code; null for what is not one: it has three digits, and the first is not 0 (RFC 9110, 15). */
export function asHttpStatus(value: unknown): HttpStatus | null {
  const status = asIndex(value);
  return status === null || status < FIRST_STATUS || status > LAST_STATUS ? null : status;
}

/** From here on a body tells of a redirect or an error, whatever it looks like. */
export const FIRST_STATUS_WITHOUT_STREAM = 300;

/** Whether a body may be a stream: that of an HTTP error is none, unless the server calls it one. */
export function mayBeStream(http: HttpHead | null): boolean {
  if (http === null || http.status < FIRST_STATUS_WITHOUT_STREAM) return true;
  return http.contentType?.startsWith("text/event-stream") === true;
}
