import { addAbortSignal, type Readable } from "node:stream";
import { cannotRead } from "./cannot-read.ts";
import type { Chunk } from "./source.ts";

/** The chunks of a readable stream as they arrive, with their times. An abort ends them. */
export async function* readStream(name: string, stream: Readable, signal: AbortSignal): AsyncGenerator<Chunk> {
  const openedAt = performance.now();
  try {
    const chunks: AsyncIterable<Uint8Array> = addAbortSignal(signal, stream);
    for await (const bytes of chunks) yield { bytes, atMs: performance.now() - openedAt };
  } catch (error) {
    if (signal.aborted) return;
    throw cannotRead(name, error);
  }
}
