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
}

/** What a server said before the body: a live one, or one whose answer was captured with its headers. */
export interface HttpHead {
  readonly status: number;
  readonly statusText: string;
  readonly contentType: string | null;
  /** Where a redirect leads that was not followed, without secrets. */
  readonly location: string | null;
}

export function headOf({ response: { status, statusText, headers } }: HttpExchange): HttpHead {
  return { status, statusText, contentType: headers["content-type"] ?? null, location: headers.location ?? null };
}

/** From here on a body tells of a redirect or an error, whatever it looks like. */
export const FIRST_STATUS_WITHOUT_STREAM = 300;

/** Whether a body may be a stream: that of an HTTP error is none, unless the server calls it one. */
export function mayBeStream(http: HttpHead | null): boolean {
  if (http === null || http.status < FIRST_STATUS_WITHOUT_STREAM) return true;
  return http.contentType?.startsWith("text/event-stream") === true;
}
