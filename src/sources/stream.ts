import type { Readable } from "node:stream";
import { cannotRead } from "./cannot-read.ts";
import type { Chunk } from "../chunk.ts";

const SIGNAL_DELAY_MS = 5;

/** The chunks of a readable stream as they arrive; with their times, where it is no file. An abort ends them. */
export async function* readStream(name: string, stream: Readable, signal: AbortSignal): AsyncGenerator<Chunk> {
  // Loaded here: a file does not need it.
  const [{ addAbortSignal }, { Socket }] = await Promise.all([import("node:stream"), import("node:net")]);
  const openedAt = stream instanceof Socket ? performance.now() : null;
  try {
    const chunks: AsyncIterable<Uint8Array> = addAbortSignal(signal, stream);
    for await (const bytes of chunks) {
      yield { bytes, atMs: openedAt === null ? null : performance.now() - openedAt };
    }
    // Ctrl-C in a pipeline ends its writer too, and the end may be seen before the signal: it is waited for a moment.
    await new Promise((resolve) => setTimeout(resolve, SIGNAL_DELAY_MS));
  } catch (error) {
    if (signal.aborted) return;
    throw cannotRead(name, error);
  }
}
