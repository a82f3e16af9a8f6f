// Converts the times that a log writes before its lines into a clock that never goes back.

export interface LogClock {
  /**
   * When a line was written, in ms; null if the log has no time for it. `periodMs`: the period after which the log's
   * clock restarts, as one without a date does at midnight; null if it does not restart.
   */
  read(writtenAtMs: number | null, periodMs: number | null): number | null;
}

/** If a clock goes back by less than this share of its period, it was set or lines were mixed: no period has passed. */
const MOST_JITTER = 0.5;

export function createLogClock(): LogClock {
  let lastMs = -Infinity;
  /** The sum of the periods that have passed. */
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
