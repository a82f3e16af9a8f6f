// Limits on time: --head-timeout on the wait for a response, --max-time on all that a source does.
import { timedOut } from "./transport-errors.ts";

export interface Deadline {
  readonly signal: AbortSignal;
  readonly clear: () => void;
}

/** Ends all that is going on after so many ms; null: never. */
export function createDeadline(limitMs: number | null): Deadline {
  const controller = new AbortController();
  const timer = limitMs === null ? undefined : setTimeout(() => controller.abort(timedOut("max", limitMs)), limitMs);
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}

/** Waits for a response so many ms; null: as long as it takes. */
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
