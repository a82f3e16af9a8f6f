// The body of an HTTP error, worded as the provider does whose path is asked for.

interface ErrorShape {
  /** The paths that are this provider's. */
  readonly path: RegExp;
  body(status: number, message: string): unknown;
}

/** https://docs.anthropic.com/en/api/errors */
const ANTHROPIC_TYPES: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  500: "api_error",
  504: "timeout_error",
  529: "overloaded_error",
};

/** https://cloud.google.com/apis/design/errors */
const GOOGLE_STATUSES: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  429: "RESOURCE_EXHAUSTED",
  500: "INTERNAL",
  503: "UNAVAILABLE",
  504: "DEADLINE_EXCEEDED",
};

/** https://platform.openai.com/docs/guides/error-codes/api-errors */
const OPENAI_CODES: Readonly<Record<number, string>> = {
  401: "invalid_api_key",
  404: "model_not_found",
  429: "rate_limit_exceeded",
};

const TOO_MANY_REQUESTS = 429;
const SERVER_ERROR = 500;

/** In the order in which they are asked; the last takes what no other does. */
const SHAPES: readonly ErrorShape[] = [
  {
    path: /\/(?:messages|complete)(?:\/|$)/,
    body: (status, message) => ({
      type: "error",
      error: { type: ANTHROPIC_TYPES[status] ?? byClass(status, "api_error"), message },
    }),
  },
  {
    path: /\/v1(?:alpha|beta)\d*\/|:(?:stream)?generateContent$/i,
    body: (code, message) => ({ error: { code, message, status: GOOGLE_STATUSES[code] ?? "UNKNOWN" } }),
  },
  {
    path: /(?:)/,
    body: (status, message) => ({
      error: { message, type: byClass(status, "server_error"), param: null, code: OPENAI_CODES[status] ?? null },
    }),
  },
];

function byClass(status: number, ofServer: string): string {
  if (status === TOO_MANY_REQUESTS) return "rate_limit_error";
  return status >= SERVER_ERROR ? ofServer : "invalid_request_error";
}

/** The JSON that a provider answers with at that path. */
export function errorBody(path: string, status: number, message: string): string {
  const shape = SHAPES.find((known) => known.path.test(path));
  return JSON.stringify(shape?.body(status, message));
}
