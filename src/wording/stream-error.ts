// Errors that a stream reports, in one line.
import type { StreamError } from "../model/facts.ts";

/** `insufficient_quota: You exceeded …`, without what is not known. Untrusted text. */
export function describeError({ type, code, message }: StreamError): string {
  return [code ?? type, message].filter((part) => part !== null).join(": ") || "an error without a message";
}
