import type { Readable } from "node:stream";
import type { Chunk } from "../model/chunk.ts";
import { cannotRead } from "./cannot-read.ts";
import type { Input } from "./input.ts";

const SIGNAL_DELAY_MS = 5;

/** The chunks of a readable stream, with arrival times if it is a socket or pipe. An abort ends them. */
export async function readStream(name: string, stream: Readable, signal: AbortSignal): Promise<Input> {
  // Loaded on demand: a file does not need them.
  const [{ addAbortSignal }, { Socket }, { takeArrivals }] = await Promise.all([
    import("node:stream"),
    import("node:net"),
    import("./arrivals.ts"),
  ]);
  addAbortSignal(signal, stream);
  // The chunks report the error; after an abort it is ignored.
  stream.on("error", () => {});
  const arrivals = stream instanceof Socket ? takeArrivals(stream, performance.now()) : null;
  const chunks = arrivals?.chunks ?? untimed(stream);
  return {
    exchange: null,
    opening: null,
    chunks: untilInterrupted(name, chunks, signal),
    ...(arrivals !== null && { startedAt: new Date().toISOString(), closing: arrivals.closing }),
  };
}

async function* untimed(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Chunk> {
  for await (const bytes of stream) yield { bytes, atMs: null };
}

async function* untilInterrupted(
  name: string,
  chunks: AsyncIterable<Chunk>,
  signal: AbortSignal,
): AsyncGenerator<Chunk> {
  try {
    yield* chunks;
    // Ctrl-C in a pipeline also ends the writer. The end may arrive before the signal, so wait a moment for it.
    await new Promise((resolve) => setTimeout(resolve, SIGNAL_DELAY_MS));
  } catch (error) {
    if (signal.aborted) return;
    throw cannotRead(name, error);
  }
}
