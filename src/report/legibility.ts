// Counts readable events in a stream of unknown protocol: only this says how such a stream ended.
import type { Listener } from "../model/listener.ts";

export interface Legibility extends Listener {
  /** Events with data that is neither damaged nor `[DONE]`. */
  legible(): number;
  damaged(): number;
  /** The first damaged event: its line, and why it cannot be read; null if there is none. */
  firstDamage(): { readonly line: number; readonly reason: string } | null;
}

export function createLegibility(): Legibility {
  let legible = 0;
  let damaged = 0;
  let firstDamage: ReturnType<Legibility["firstDamage"]> = null;
  return {
    defect({ type, line }) {
      if (type !== "event-not-separated") return;
      damaged += 1;
      firstDamage ??= { line, reason: "no blank line separates it from the one before it" };
    },
    facts: {
      "data-received"() {
        legible += 1;
      },
      unreadable({ reason }, { event: { line } }) {
        damaged += 1;
        firstDamage ??= { line, reason };
      },
    },
    legible: () => legible,
    damaged: () => damaged,
    firstDamage: () => firstDamage,
  };
}
