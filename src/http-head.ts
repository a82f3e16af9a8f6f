/** What a server said before the body: a live one, or one whose answer was captured with its headers. */
export interface HttpHead {
  readonly status: number;
  readonly statusText: string;
  readonly contentType: string | null;
  /** Where a redirect leads, without secrets. Redirects are not followed. */
  readonly location: string | null;
}

/** From here on a body tells of a redirect or an error, whatever it looks like. */
export const FIRST_STATUS_WITHOUT_STREAM = 300;

/** Whether a body may be a stream: that of an HTTP error is none, unless the server calls it one. */
export function mayBeStream(http: HttpHead | null): boolean {
  if (http === null || http.status < FIRST_STATUS_WITHOUT_STREAM) return true;
  return http.contentType?.startsWith("text/event-stream") === true;
}
