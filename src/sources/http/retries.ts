// Whether a request is worth making again, and when.

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 60_000;
const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;

/** Whether a response of that status may be another one next time. */
export function isRetryable(status: number): boolean {
  return status === TOO_MANY_REQUESTS || status >= FIRST_SERVER_ERROR;
}

/** What a server asks to wait, in ms: by `retry-after-ms`, which OpenAI sends, or by `retry-after`; null: it does not say. */
export function askedDelayMs(header: (name: string) => string | null, nowMs: number): number | null {
  const ms = header("retry-after-ms");
  if (ms !== null && IS_NUMBER.test(ms.trim())) return Number(ms);
  const value = header("retry-after");
  return value === null ? null : readRetryAfter(value, nowMs);
}

const IS_NUMBER = /^\d+(?:\.\d+)?$/;

/**
 * How long to wait before the request is made again, in ms: what the server asks for, else twice as long each time, with a random part so that many clients do not come back at once; a minute at most.
 * `attempt`: how often it was made, from 1; `random`: from 0 to 1.
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
