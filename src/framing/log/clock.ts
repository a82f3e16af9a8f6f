// From the times in a log to those of a stream: ms since its request, or since its first line.

export interface LogClock {
  /**
   * The time of a line of a stream; null where the log has none. `periodMs`: how long it takes until the log's clock
   * begins again, null for one that does not. `isStart`: what follows is measured from here.
   */
  read(writtenAtMs: number | null, periodMs: number | null, isStart: boolean): number | null;
  /** The stream is over: the next one is measured from its own beginning. */
  reset(): void;
}

/** A clock that goes back by less was set, or lines were mixed: no day went by. */
const MOST_JITTER = 0.5;

export function createLogClock(): LogClock {
  let startMs: number | null = null;
  let lastMs = 0;
  /** What a clock that began again has lost. */
  let lostMs = 0;

  return {
    read(writtenAtMs, periodMs, isStart) {
      if (writtenAtMs === null) return null;
      if (periodMs !== null && writtenAtMs + lostMs < lastMs - periodMs * MOST_JITTER) lostMs += periodMs;
      // Lines that are mixed by a few ms must not go back in time.
      const atMs = startMs === null ? writtenAtMs + lostMs : Math.max(writtenAtMs + lostMs, lastMs);
      lastMs = atMs;
      if (isStart || startMs === null) startMs = atMs;
      return atMs - startMs;
    },
    reset() {
      startMs = null;
    },
  };
}
