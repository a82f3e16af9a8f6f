// The times that a log writes before its lines, as a clock that never goes back.

export interface LogClock {
  /**
   * When a line was written, in ms; null where the log does not say. `periodMs`: how long it takes until the log's clock
   * begins again, as one without a date does at midnight; null for one that does not.
   */
  read(writtenAtMs: number | null, periodMs: number | null): number | null;
}

/** A clock that goes back by less than this share of its period was set, or lines were mixed: no day went by. */
const MOST_JITTER = 0.5;

export function createLogClock(): LogClock {
  let lastMs = -Infinity;
  /** What a clock that began again has lost. */
  let lostMs = 0;
  return {
    read(writtenAtMs, periodMs) {
      if (writtenAtMs === null) return null;
      if (periodMs !== null && writtenAtMs + lostMs < lastMs - periodMs * MOST_JITTER) lostMs += periodMs;
      lastMs = Math.max(writtenAtMs + lostMs, lastMs);
      return lastMs;
    },
  };
}
