// Time limits: --head-timeout for the response headers, --max-time for the whole source.
import { timedOut } from "./transport-errors.ts";

export interface Deadline {
  readonly signal: AbortSignal;
  readonly clear: () => void;
}

/** A deadline for everything a source does, in ms; null: none. */
export function createDeadline(limitMs: number | null): Deadline {
  const controller = new AbortController();
  const timer = limitMs === null ? undefined : setTimeout(() => controller.abort(timedOut("max", limitMs)), limitMs);
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}

/** Waits for a response for at most `limitMs`; null: no limit. */
export async function inTime<Result>(
  limitMs: number | null,
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  if (limitMs === null) return ask(signal);
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(timedOut("head", limitMs)), limitMs);
  try {
    return await ask(AbortSignal.any([signal, limit.signal]));
  } finally {
    clearTimeout(timer);
  }
}
