// Event times in, the silences of a stream out: times without an event that carries content.

/**
 * Pauses from this length on are shown. Shorter ones are also noticeable, but Gemini's large chunks arrive that far
 * apart; a stall is much longer.
 */
export const SILENCE_MS = 750;

/**
 * A silence longer than this is a stall, unless the user sets another limit: no model pauses this long between two
 * words, and providers send keep-alives more often.
 */
export const DEFAULT_STALL_MS = 10_000;

export interface Silences {
  /**
   * Takes the time of an event or comment; `isSign`: it only keeps the connection alive. Returns the ms since the one
   * before it, and the silence that it ends; null if there is none, or times are not known.
   */
  take(atMs: number | null, isSign: boolean): { readonly sinceMs: number | null; readonly silence: Silence | null };
  /** The silence at the end of the input. */
  end(endMs: number | null): Silence | null;
}

export interface Silence {
  readonly ms: number;
  /** How many keep-alives it contained. */
  readonly signs: number;
}

/** `openMs`: when the source was opened, which is the start of the first silence. */
export function createSilences(openMs = 0): Silences {
  /** The time of the last event or comment. */
  let lastMs: number | null = null;
  /** The time of the last event with content; before the first one, the opening of the source. */
  let lastWordMs = openMs;
  let signs = 0;

  function silenceUntil(atMs: number): Silence | null {
    const ms = atMs - lastWordMs;
    return ms < SILENCE_MS ? null : { ms, signs };
  }

  return {
    take(atMs, isSign) {
      if (atMs === null) return { sinceMs: null, silence: null };
      const sinceMs = lastMs === null ? null : Math.max(atMs - lastMs, 0);
      lastMs = Math.max(atMs, lastMs ?? 0);
      if (isSign) {
        signs += 1;
        return { sinceMs, silence: null };
      }
      const silence = silenceUntil(atMs);
      lastWordMs = Math.max(atMs, lastWordMs);
      signs = 0;
      return { sinceMs, silence };
    },
    end: (endMs) => (endMs === null || lastMs === null ? null : silenceUntil(endMs)),
  };
}
