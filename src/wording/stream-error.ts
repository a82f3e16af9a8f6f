// Describes errors that a stream reports, in one line.

/** `insufficient_quota: You exceeded …`, without unknown parts. Untrusted text. */
export function describeError({ type, code, message }: ReportedError): string {
  return [code ?? type, message].filter((part) => part !== null).join(": ") || "an error without a message";
}

const FIRST_ERROR_STATUS = 400;

/** The same, after the HTTP status if that is an error: it says more than most bodies, and some messages contain it. */
export function describeSourceError(error: ReportedError, http: { readonly status: number } | null): string {
  const status = http !== null && http.status >= FIRST_ERROR_STATUS ? `HTTP ${http.status}` : "";
  const words = describeError(error);
  return status === "" || words.includes(status) ? words : `${status}, ${words}`;
}

interface ReportedError {
  readonly type: string | null;
  readonly code: string | null;
  readonly message: string | null;
}
