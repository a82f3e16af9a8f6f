// Whether a request is worth making again, and when.

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 60_000;
const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;

/** Whether an answer of that status may be another one next time. */
export function isRetryable(status: number): boolean {
  return status === TOO_MANY_REQUESTS || status >= FIRST_SERVER_ERROR;
}

/**
 * How long to wait before the request is made again, in ms: what the server asks for (RFC 9110, 10.2.3: seconds, or a
 * date), else twice as long each time, with a random part so that many clients do not come back at once; a minute at most.
 * `attempt`: how often it was made, from 1; `random`: from 0 to 1.
 */
export function retryDelayMs(attempt: number, retryAfter: string | null, nowMs: number, random: number): number {
  const askedMs = retryAfter === null ? null : readRetryAfter(retryAfter, nowMs);
  const ownMs = FIRST_DELAY_MS * 2 ** (attempt - 1) * (1 + random) * 0.5;
  return Math.min(askedMs ?? ownMs, LONGEST_DELAY_MS);
}

function readRetryAfter(value: string, nowMs: number): number | null {
  if (/^\d+(?:\.\d+)?$/.test(value.trim())) return Number(value) * 1000;
  const dateMs = Date.parse(value);
  return Number.isNaN(dateMs) ? null : Math.max(dateMs - nowMs, 0);
}
