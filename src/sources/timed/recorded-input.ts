// Opens a capture with its recorded times: an input like the recorded one.
import { open } from "node:fs/promises";
import type { Chunk } from "../../model/chunk.ts";
import { bareInput, type Input } from "../input.ts";
import { openTiming, type Timing } from "./read-timing.ts";
import { timedChunks, untimedChunks } from "./timed-chunks.ts";
import { timingPathOf, wasLeft } from "./timing-file.ts";

/**
 * The input of a capture; without times if the recording was killed before any were written. `talk` prints a warning
 * about a killed recording. Throws UserError if the timing file cannot be used, and the errors of opening either file.
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
      talk(`${timingPath} has no end: the recording was killed, and the stream may have continued`);
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
