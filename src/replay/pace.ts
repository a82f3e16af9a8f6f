// When pieces are sent.
import type { Clock } from "../timing/clock.ts";
import type { Piece } from "./pieces.ts";

export interface Pace {
  /** How many times faster than it was; Infinity: without waiting. */
  readonly speed: number;
  /** Between two pieces of a capture without times, in ms. */
  readonly gapMs: number;
}

/** The pieces, each at its time since `startMs`; waits are reckoned from the start, so that they do not add up. */
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
