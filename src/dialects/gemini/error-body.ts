// The body of an HTTP error.
import type { ErrorBody } from "../../model/dialect-traits.ts";

/** https://cloud.google.com/apis/design/errors */
const STATUSES: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  429: "RESOURCE_EXHAUSTED",
  500: "INTERNAL",
  503: "UNAVAILABLE",
  504: "DEADLINE_EXCEEDED",
};

export const errorBody: ErrorBody = {
  path: /\/v1(?:alpha|beta)\d*\/|:(?:stream)?generateContent$/i,
  body: (code, message) => ({ error: { code, message, status: STATUSES[code] ?? "UNKNOWN" } }),
};
