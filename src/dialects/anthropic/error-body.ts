// The body of an HTTP error.
import type { ErrorBody } from "../../model/dialect-traits.ts";
import { errorTypeOf } from "../reader/error-class.ts";

/** https://docs.anthropic.com/en/api/errors */
const TYPES: Readonly<Record<number, string>> = {
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

export const errorBody: ErrorBody = {
  path: /\/(?:messages|complete)(?:\/|$)/,
  body: (status, message) => ({
    type: "error",
    error: { type: TYPES[status] ?? errorTypeOf(status, "api_error"), message },
  }),
};
