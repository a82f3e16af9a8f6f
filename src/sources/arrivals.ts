// A readable stream in, its chunks with the times of their arrival out. The stream is read at once, whether or not
// anybody is ready for more: a terminal that is slow must not look like a server that is slow.
import type { Readable } from "node:stream";
import type { Chunk } from "../model/chunk.ts";
import { type ClosingTimes, roundMs } from "../model/timing.ts";

/** What may wait, by bytes and by chunks; when more does, the stream is held back. */
const MOST_WAITING_BYTES = 4 * 1024 ** 2;
const MOST_WAITING_CHUNKS = 16_384;

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

  /** To microseconds: more is not measured, and this is what a recording keeps. */
  const now = (): number => roundMs(performance.now() - openedAtMs);

  stream.on("data", (bytes: Uint8Array) => {
    waiting.push({ bytes, atMs: now() });
    waitingBytes += bytes.length;
    if (waitingBytes >= MOST_WAITING_BYTES || waiting.length >= MOST_WAITING_CHUNKS) {
      heldSinceMs ??= now();
      stream.pause();
    }
    wake?.();
  });
  stream.on("error", (reason: Error) => end(reason));
  stream.on("end", () => end(null));
  // One that is destroyed ends without a word.
  stream.on("close", () => end(null));

  function end(reason: Error | null): void {
    if (endMs !== null) return;
    endMs = now();
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
          for (const [index, chunk] of taken.entries()) {
            yield index < taken.length - 1 ? { ...chunk, isFollowed: true } : chunk;
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
