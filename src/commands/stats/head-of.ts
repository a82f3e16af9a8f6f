import { once } from "node:events";
import type { Readable } from "node:stream";

/** The first chunk of a stream, without consuming it; empty if the stream is over. */
export async function headOf(stream: Readable): Promise<Uint8Array> {
  for (;;) {
    const chunk: unknown = stream.read();
    if (chunk instanceof Uint8Array) {
      stream.unshift(chunk);
      return chunk;
    }
    if (stream.readableEnded || stream.destroyed) return Buffer.alloc(0);
    await Promise.race([once(stream, "readable"), once(stream, "end")]).catch(() => {});
  }
}
