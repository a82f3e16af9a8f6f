// Reads a stream, and yields its chunks with their arrival times. The stream is read immediately, whether or not the
// consumer is ready, so that a slow terminal never looks like a slow server. Everything that arrives in one turn of the
// event loop counts as arriving together and has one time, however many HTTP chunks it is.
import type { Readable } from "node:stream";
import type { Chunk } from "../model/chunk.ts";
import { type ClosingTimes, roundMs } from "../model/timing.ts";

/** Limits on waiting bytes and chunks; above them, the stream is paused. */
const MOST_WAITING_BYTES = 4 * 1024 ** 2;
const MOST_WAITING_CHUNKS = 16_384;
/**
 * Chunks of one turn are joined up to this size. Each chunk has a cost; larger ones do not fit the processor's caches.
 */
const JOINED_BYTES = 64 * 1024;

export interface Arrivals {
  /** Throws the stream's error after the chunks before it. Leaving the loop early closes the stream. */
  readonly chunks: AsyncIterable<Chunk>;
  readonly closing: () => ClosingTimes;
}

/** Reads `stream` as it arrives; times are in ms since `openedAtMs`, by `performance.now()`. */
export function takeArrivals(stream: Readable, openedAtMs: number): Arrivals {
  let waiting: Chunk[] = [];
  let waitingBytes = 0;
  let endMs: number | null = null;
  let error: Error | null = null;
  /** When the stream was paused; null: it is not paused. */
  let heldSinceMs: number | null = null;
  let heldBackMs = 0;
  /** Resumes the code that waits for a chunk or the end. */
  let wake: (() => void) | null = null;

  /** When the first bytes of the current turn arrived; null: none yet. */
  let turnMs: number | null = null;

  /** Rounded to microseconds, the precision of recordings. */
  const now = (): number => roundMs(performance.now() - openedAtMs);

  /** The time of the current turn. Code that waits for a chunk resumes when the turn is over. */
  function timeOfTurn(): number {
    if (turnMs === null) {
      turnMs = now();
      setImmediate(() => {
        turnMs = null;
        wake?.();
      });
    }
    return turnMs;
  }

  stream.on("data", (bytes: Uint8Array) => {
    waiting.push({ bytes, atMs: timeOfTurn() });
    waitingBytes += bytes.length;
    if (waitingBytes >= MOST_WAITING_BYTES || waiting.length >= MOST_WAITING_CHUNKS) {
      heldSinceMs ??= now();
      stream.pause();
    }
  });
  stream.on("error", (reason: Error) => end(reason));
  stream.on("end", () => end(null));
  // A destroyed stream emits neither "end" nor "error".
  stream.on("close", () => end(null));

  function end(reason: Error | null): void {
    if (endMs !== null) return;
    endMs = turnMs ?? now();
    error = reason;
    wake?.();
  }

  function letGo(): void {
    waitingBytes = 0;
    if (heldSinceMs === null) return;
    heldBackMs += now() - heldSinceMs;
    heldSinceMs = null;
    stream.resume();
  }

  async function* take(): AsyncGenerator<Chunk> {
    try {
      for (;;) {
        const changed = new Promise<void>((resolve) => (wake = resolve));
        if (waiting.length > 0) {
          const taken = waiting;
          waiting = [];
          for (let from = 0; from < taken.length;) {
            const to = endOfTurn(taken, from);
            yield join(taken.slice(from, to), to < taken.length);
            from = to;
          }
          letGo();
        } else if (endMs === null) await changed;
        else break;
      }
      if (error !== null) throw error;
    } finally {
      stream.destroy();
    }
  }

  return { chunks: take(), closing: () => ({ endMs, heldBackMs }) };
}

/** The index after the chunks to join with the one at `from`: those of the same turn, up to `JOINED_BYTES`. */
function endOfTurn(chunks: readonly Chunk[], from: number): number {
  const { atMs = null, bytes } = chunks[from] ?? {};
  let size = bytes?.length ?? 0;
  let to = from + 1;
  for (let next = chunks[to]; next !== undefined && next.atMs === atMs; next = chunks[to]) {
    size += next.bytes.length;
    if (size > JOINED_BYTES) break;
    to += 1;
  }
  return to;
}

function join(chunks: readonly Chunk[], isFollowed: boolean): Chunk {
  const [first] = chunks;
  const only = chunks.length === 1 ? first?.bytes : undefined;
  const bytes = only ?? Buffer.concat(chunks.map((chunk) => chunk.bytes));
  return { bytes, atMs: first?.atMs ?? null, ...(isFollowed && { isFollowed }) };
}
