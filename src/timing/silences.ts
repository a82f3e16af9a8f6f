// The silences of a stream, as its events come: times without an event that says anything.

/**
 * A pause as long as this is shown. People notice less, but chunks of Gemini's size come that far apart; a stall is much
 * longer.
 */
export const SILENCE_MS = 750;

/**
 * A silence longer than this is a stall, unless the user says otherwise: no model pauses as long between two words, and
 * providers send keep-alives more often.
 */
export const DEFAULT_STALL_MS = 10_000;

export interface Silences {
  /**
   * Takes something that came at that time; `isSign`: it only keeps the connection alive. Gives the ms since what came
   * before it, and the silence that it ends; null where there is none, or times are not known.
   */
  take(atMs: number | null, isSign: boolean): { readonly sinceMs: number | null; readonly silence: Silence | null };
  /** The silence that the end of the input ended. */
  end(endMs: number | null): Silence | null;
}

export interface Silence {
  readonly ms: number;
  /** How much came in it that only kept the connection alive. */
  readonly signs: number;
}

/** `openMs`: when the source was opened, from which the first silence counts. */
export function createSilences(openMs = 0): Silences {
  /** What came last. */
  let lastMs: number | null = null;
  /** The last event that said something; before the first one, the opening of the source. */
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
