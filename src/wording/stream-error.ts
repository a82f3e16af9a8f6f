// Describes errors that a stream reports, in one line.

/** `insufficient_quota: You exceeded …`, without unknown parts. Untrusted text. */
export function describeError({ type, code, message }: ReportedError): string {
  return [code ?? type, message].filter((part) => part !== null).join(": ") || "an error without a message";
}

interface ReportedError {
  readonly type: string | null;
  readonly code: string | null;
  readonly message: string | null;
}
