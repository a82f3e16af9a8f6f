// A capture that was recorded with its times: an input like the one that it was recorded from.
import { open } from "node:fs/promises";
import type { Chunk } from "../../model/chunk.ts";
import { bareInput, type Input } from "../input.ts";
import { openTiming, type Timing } from "./read-timing.ts";
import { timedChunks, untimedChunks } from "./timed-chunks.ts";
import { timingPathOf, wasLeft } from "./timing-file.ts";

/**
 * The input of a capture; without times if the recording was killed before any were written. `talk` is given a warning
 * about a recording that was killed. Throws UserError where its file of times cannot be used, and what opening either file
 * throws.
 */
export async function recordedInput(
  path: string,
  signal: AbortSignal,
  talk: (message: string) => void,
): Promise<Input> {
  const file = await open(path, "r");
  const timing = await openTiming(path).catch(async (error: unknown) => {
    await file.close();
    throw error;
  });
  const timingPath = timingPathOf(path);

  async function* untilInterrupted(chunks: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
    try {
      for await (const chunk of chunks) {
        yield chunk;
        if (signal.aborted) return;
      }
    } finally {
      await file.close();
    }
  }

  if (timing === null) {
    talk(`${timingPath} is empty or cut: the recording was killed; ${path} is read without times`);
    return bareInput(untilInterrupted(untimedChunks(file)));
  }

  async function* chunks(from: Timing): AsyncGenerator<Chunk> {
    yield* timedChunks(path, file, from);
    if (from.end() === null)
      talk(`${timingPath} has no end: the recording was killed, and the stream may have gone on`);
  }

  const { exchange, opening, startedAt } = timing.header;
  return {
    exchange,
    opening,
    chunks: untilInterrupted(chunks(timing)),
    ...(startedAt !== null && { startedAt }),
    closing() {
      const end = timing.end();
      return { endMs: end?.ms ?? null, heldBackMs: end?.heldBackMs ?? 0 };
    },
    wasLeft: () => wasLeft(timing.end()),
    compression: () => timing.end()?.compression ?? null,
  };
}
