const TOO_MANY_REQUESTS = 429;
const SERVER_ERROR = 500;

/** The type of an error as OpenAI and Anthropic name them by the class of its HTTP status; `ofServer`: theirs for 5xx. */
export function errorTypeOf(status: number, ofServer: string): string {
  if (status === TOO_MANY_REQUESTS) return "rate_limit_error";
  return status >= SERVER_ERROR ? ofServer : "invalid_request_error";
}
