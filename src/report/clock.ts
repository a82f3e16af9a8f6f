// When things came: of a response, or of each that begins in a stream.
import { isTextDelta, type Fact } from "../facts.ts";
import type { ResponseTiming } from "./report.ts";

/** What is remembered of the times of a response, in ms since the source was opened. */
export interface Clock {
  readonly firstTokenAtMs: number | null;
  readonly lastAtMs: number;
  /** The longest time between two events; null while there was but one. */
  readonly maxGapMs: number | null;
}

/** The clock after an event that came at `atMs`; `hasToken`: it carries text, reasoning or arguments. */
export function noteTime(clock: Clock | null, atMs: number, hasToken: boolean): Clock {
  const firstTokenAtMs = clock?.firstTokenAtMs ?? (hasToken ? atMs : null);
  const maxGapMs = clock === null ? null : Math.max(clock.maxGapMs ?? 0, atMs - clock.lastAtMs);
  return { firstTokenAtMs, lastAtMs: atMs, maxGapMs };
}

/** Whether a fact carries what the model said: the first one is the first token. */
export function isToken(fact: Fact): boolean {
  return isTextDelta(fact) && fact.text !== "";
}

export function reportTiming({ firstTokenAtMs, lastAtMs, maxGapMs }: Clock): ResponseTiming {
  return { ttftMs: round(firstTokenAtMs), gapMs: { max: round(maxGapMs) }, totalMs: round(lastAtMs) };
}

/** To microseconds: more is not measured. */
function round(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 1000) / 1000;
}
