// The body of an HTTP error, which servers with other APIs copy.
import type { ErrorBody } from "../../model/dialect-traits.ts";
import { errorTypeOf } from "../reader/error-class.ts";

/** https://platform.openai.com/docs/guides/error-codes/api-errors */
const CODES: Readonly<Record<number, string>> = {
  401: "invalid_api_key",
  404: "model_not_found",
  429: "rate_limit_exceeded",
};

export const errorBody: ErrorBody = {
  path: null,
  body: (status, message) => ({
    error: { message, type: errorTypeOf(status, "server_error"), param: null, code: CODES[status] ?? null },
  }),
};
