// Reads a capture and its times; yields the chunks as recorded.
import type { FileHandle } from "node:fs/promises";
import type { Chunk } from "../../model/chunk.ts";
import { TransportError } from "../../errors.ts";
import { unfit, type Timing } from "./read-timing.ts";
import { timingPathOf } from "./timing-file.ts";

const BLOCK_BYTES = 256 * 1024;

/**
 * The chunks of a capture with their recorded times; a chunk larger than a block is split, and its pieces have the same
 * time. The end of a failed recording throws the recorded TransportError. Throws UserError if the times do not fit.
 */
export async function* timedChunks(path: string, file: FileHandle, timing: Timing): AsyncGenerator<Chunk> {
  const blocks = createBlocks(file);
  let lastMs: number | null = null;
  let missing = 0;
  for await (const { length, ms } of timing.chunks) {
    lastMs = ms;
    let left = length;
    while (left > 0) {
      const bytes = await blocks.take(left);
      if (bytes.length === 0) break;
      left -= bytes.length;
      yield { bytes, atMs: ms };
    }
    missing += left;
  }
  const end = timing.end();
  if (end !== null && missing > 0) throw unfit(timingPathOf(path), `it covers ${missing} more bytes than ${path} has`);
  // After a kill, the last bytes may be written but not their time.
  for (let bytes = await blocks.take(BLOCK_BYTES); bytes.length > 0; bytes = await blocks.take(BLOCK_BYTES)) {
    if (end !== null) throw unfit(timingPathOf(path), `${path} has more bytes than it covers`);
    yield { bytes, atMs: lastMs };
  }
  if (end?.error) throw new TransportError(end.error.code, end.error.message);
}

/** The chunks of a capture whose times are lost. */
export async function* untimedChunks(file: FileHandle): AsyncGenerator<Chunk> {
  const blocks = createBlocks(file);
  for (let bytes = await blocks.take(BLOCK_BYTES); bytes.length > 0; bytes = await blocks.take(BLOCK_BYTES)) {
    yield { bytes, atMs: null };
  }
}

interface Blocks {
  /** Returns up to `length` of the next bytes, valid until the next call; empty at the end of the file. */
  take(length: number): Promise<Uint8Array>;
}

function createBlocks(file: FileHandle): Blocks {
  const buffer = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  let start = 0;
  let end = 0;
  return {
    async take(length) {
      if (start === end) {
        start = 0;
        end = (await file.read(buffer, 0, BLOCK_BYTES, null)).bytesRead;
      }
      const bytes = buffer.subarray(start, Math.min(start + length, end));
      start += bytes.length;
      return bytes;
    },
  };
}
