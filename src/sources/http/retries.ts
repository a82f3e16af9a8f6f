// Decides whether to retry a request, and when.

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 60_000;
const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;

/** Whether a retry after this status may get another response. */
export function isRetryable(status: number): boolean {
  return status === TOO_MANY_REQUESTS || status >= FIRST_SERVER_ERROR;
}

/** The delay that a server requests, in ms: `retry-after-ms`, which OpenAI sends, or `retry-after`; null: none. */
export function askedDelayMs(header: (name: string) => string | null, nowMs: number): number | null {
  const ms = header("retry-after-ms");
  if (ms !== null && IS_NUMBER.test(ms.trim())) return Number(ms);
  const value = header("retry-after");
  return value === null ? null : readRetryAfter(value, nowMs);
}

const IS_NUMBER = /^\d+(?:\.\d+)?$/;

/**
 * The delay before a retry, in ms: the one that the server requests, otherwise twice as long each time, with a random
 * part so that many clients do not return at once; at most a minute. `attempt`: the number of attempts so far, from 1;
 * `random`: from 0 to 1.
 */
export function retryDelayMs(attempt: number, askedMs: number | null, random: number): number {
  const ownMs = FIRST_DELAY_MS * 2 ** (attempt - 1) * (1 + random) * 0.5;
  return Math.min(askedMs ?? ownMs, LONGEST_DELAY_MS);
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function readRetryAfter(value: string, nowMs: number): number | null {
  if (IS_NUMBER.test(value.trim())) return Number(value) * 1000;
  const dateMs = Date.parse(value);
  return Number.isNaN(dateMs) ? null : Math.max(dateMs - nowMs, 0);
}
