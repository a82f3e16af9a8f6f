// A readable stream in, its chunks with the times of their arrival out. The stream is read at once, whether or not
// anybody is ready for more: a terminal that is slow must not look like a server that is slow. What arrives in one turn of
// the event loop arrived together, in however many HTTP chunks, and has one time.
import type { Readable } from "node:stream";
import type { Chunk } from "../model/chunk.ts";
import { type ClosingTimes, roundMs } from "../model/timing.ts";

/** What may wait, by bytes and by chunks; when more does, the stream is held back. */
const MOST_WAITING_BYTES = 4 * 1024 ** 2;
const MOST_WAITING_CHUNKS = 16_384;
/** Chunks of one turn are joined up to this size: each chunk has its cost, and larger ones leave the processor's caches. */
const JOINED_BYTES = 64 * 1024;

export interface Arrivals {
  /** Throws what the stream fails with, after the chunks that came before. Leaving the loop early closes the stream. */
  readonly chunks: AsyncIterable<Chunk>;
  readonly closing: () => ClosingTimes;
}

/** Takes the chunks of `stream` as they arrive; times are in ms since `openedAtMs`, by `performance.now()`. */
export function takeArrivals(stream: Readable, openedAtMs: number): Arrivals {
  let waiting: Chunk[] = [];
  let waitingBytes = 0;
  let endMs: number | null = null;
  let error: Error | null = null;
  /** Since when the stream is held back; null: it is not. */
  let heldSinceMs: number | null = null;
  let heldBackMs = 0;
  /** Goes on with what waits for a chunk, or for the end. */
  let wake: (() => void) | null = null;

  /** When the first bytes of the turn in hand came; null: none came yet. */
  let turnMs: number | null = null;

  /** To microseconds: more is not measured, and this is what a recording keeps. */
  const now = (): number => roundMs(performance.now() - openedAtMs);

  /** The time of the turn in hand. Whoever waits for a chunk goes on when the turn is over. */
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
  // One that is destroyed ends without a word.
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

/** The index after the chunks that came in the same turn as the one at `from`, as many as are joined. */
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
