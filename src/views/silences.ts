// The silences of a stream, as its events come.
import { countOf } from "../wording/counts.ts";
import { formatDuration } from "../wording/durations.ts";

/**
 * A pause as long as this is drawn. People notice less, but chunks of Gemini's size come that far apart; the rule `stall`
 * speaks of much longer ones.
 */
export const SILENCE_MS = 750;

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
  /** `silence 1.5 s`, and what came in it that is no event with content. */
  readonly words: string;
}

export function createSilences(): Silences {
  /** What came last. */
  let lastMs: number | null = null;
  /** The last event that said something; before the first one, the opening of the source. */
  let lastWordMs = 0;
  let signs = 0;

  function silenceUntil(atMs: number, end: string): Silence | null {
    const ms = atMs - lastWordMs;
    if (ms < SILENCE_MS) return null;
    const heartbeats = signs === 0 ? "" : `, but for ${countOf(signs, "heartbeat")}`;
    return { ms, words: `silence ${formatDuration(ms)}${end}${heartbeats}` };
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
      const silence = silenceUntil(atMs, "");
      lastWordMs = Math.max(atMs, lastWordMs);
      signs = 0;
      return { sinceMs, silence };
    },
    end: (endMs) => (endMs === null || lastMs === null ? null : silenceUntil(endMs, " until the end")),
  };
}
