// Delays pieces until they are due.
import type { Clock } from "../timing/clock.ts";
import type { Piece } from "./pieces.ts";

export interface Pace {
  /** Multiple of the recorded speed; Infinity: no waiting. */
  readonly speed: number;
  /** Interval between the pieces of a capture without times, in ms. */
  readonly gapMs: number;
}

/** Yields each piece when it is due. Waits are computed from `startMs`, so that delays do not add up. */
export async function* paced(
  pieces: AsyncIterable<Piece>,
  { speed, gapMs }: Pace,
  clock: Clock,
  startMs: number,
  signal: AbortSignal,
): AsyncGenerator<Piece> {
  let untimedMs = 0;
  for await (const piece of pieces) {
    const dueMs = startMs + (piece.atMs ?? untimedMs) / speed;
    untimedMs += gapMs;
    const waitMs = dueMs - clock.now();
    if (waitMs > 0) await clock.wait(waitMs, signal);
    if (signal.aborted) return;
    yield piece;
  }
}
