import type { Readable } from "node:stream";
import { cannotRead } from "./cannot-read.ts";
import type { Chunk } from "./source.ts";

const SIGNAL_DELAY_MS = 5;

/** The chunks of a readable stream as they arrive, with their times. An abort ends them. */
export async function* readStream(name: string, stream: Readable, signal: AbortSignal): AsyncGenerator<Chunk> {
  // Loaded here: a file does not need it.
  const { addAbortSignal } = await import("node:stream");
  const openedAt = performance.now();
  try {
    const chunks: AsyncIterable<Uint8Array> = addAbortSignal(signal, stream);
    for await (const bytes of chunks) yield { bytes, atMs: performance.now() - openedAt };
    // Ctrl-C in a pipeline ends its writer too, and the end may be seen before the signal: it is waited for a moment.
    await new Promise((resolve) => setTimeout(resolve, SIGNAL_DELAY_MS));
  } catch (error) {
    if (signal.aborted) return;
    throw cannotRead(name, error);
  }
}
