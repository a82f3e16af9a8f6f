const TOO_MANY_REQUESTS = 429;
const SERVER_ERROR = 500;

/** The error type that OpenAI and Anthropic use for the class of an HTTP status; `ofServer` is theirs for 5xx. */
export function errorTypeOf(status: number, ofServer: string): string {
  if (status === TOO_MANY_REQUESTS) return "rate_limit_error";
  return status >= SERVER_ERROR ? ofServer : "invalid_request_error";
}
