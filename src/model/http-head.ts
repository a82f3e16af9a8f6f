/** A request and what was answered before the body, without secrets: of a live source, or as its recording kept it. */
export interface HttpExchange {
  readonly request: {
    readonly method: string;
    readonly url: string;
    /** Names in lower case. */
    readonly headers: Readonly<Record<string, string>>;
  };
  readonly response: {
    readonly status: number;
    readonly statusText: string;
    /** Names in lower case; several of one name are joined by commas. */
    readonly headers: Readonly<Record<string, string>>;
  };
  /** The addresses that sent the request on, the first one first; left out where none did. */
  readonly redirects?: readonly string[];
  /** Why the answer, which is a redirect, was not followed. */
  readonly redirectRefusal?: string;
  /** How often the request was made; left out where once was enough. */
  readonly attempts?: number;
}

/** What a server said before the body: a live one, or one whose answer was captured with its headers. */
export interface HttpHead {
  readonly status: number;
  readonly statusText: string;
  readonly contentType: string | null;
  /** Where a redirect leads that was not followed, without secrets. */
  readonly location: string | null;
  readonly redirects?: readonly string[];
  readonly redirectRefusal?: string;
  readonly attempts?: number;
}

export function headOf({ response, redirects, redirectRefusal, attempts }: HttpExchange): HttpHead {
  const { status, statusText, headers } = response;
  const way = {
    ...(redirects !== undefined && { redirects }),
    ...(redirectRefusal !== undefined && { redirectRefusal }),
    ...(attempts !== undefined && { attempts }),
  };
  const contentType = headers["content-type"] ?? null;
  return { status, statusText, contentType, location: headers.location ?? null, ...way };
}

/** From here on a body tells of a redirect or an error, whatever it looks like. */
export const FIRST_STATUS_WITHOUT_STREAM = 300;

/** Whether a body may be a stream: that of an HTTP error is none, unless the server calls it one. */
export function mayBeStream(http: HttpHead | null): boolean {
  if (http === null || http.status < FIRST_STATUS_WITHOUT_STREAM) return true;
  return http.contentType?.startsWith("text/event-stream") === true;
}
