// A capture that was recorded with its times: an input like the one that it was recorded from.
import { open } from "node:fs/promises";
import type { Chunk } from "../../model/chunk.ts";
import type { Input } from "../input.ts";
import { openTiming } from "./read-timing.ts";
import { timedChunks } from "./timed-chunks.ts";
import { wasLeft } from "./timing-file.ts";

/** The input of a capture. Throws UserError where its file of times cannot be used, and what opening either file throws. */
export async function recordedInput(path: string, signal: AbortSignal): Promise<Input> {
  const file = await open(path, "r");
  const timing = await openTiming(path).catch(async (error: unknown) => {
    await file.close();
    throw error;
  });
  const { exchange, opening, startedAt } = timing.header;

  async function* chunks(): AsyncGenerator<Chunk> {
    try {
      for await (const chunk of timedChunks(path, file, timing)) {
        yield chunk;
        if (signal.aborted) return;
      }
    } finally {
      await file.close();
    }
  }

  return {
    exchange,
    opening,
    chunks: chunks(),
    ...(startedAt !== null && { startedAt }),
    closing() {
      const end = timing.end();
      return { endMs: end?.ms ?? null, heldBackMs: end?.heldBackMs ?? 0 };
    },
    wasLeft: () => wasLeft(timing.end()),
  };
}
