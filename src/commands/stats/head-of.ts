// The first bytes of standard input, which are read again later.
import { once } from "node:events";
import { Readable } from "node:stream";

export interface Head {
  readonly bytes: Uint8Array;
  /** All bytes, from the first one. */
  readonly stream: Readable;
}

/** The first chunks of a stream, until `isEnough` or the end; empty if the stream is over. */
export async function headOf(stream: Readable, isEnough: (bytes: Uint8Array) => Promise<boolean>): Promise<Head> {
  let bytes: Uint8Array = Buffer.alloc(0);
  for (;;) {
    const chunk: unknown = stream.read();
    if (chunk instanceof Uint8Array) {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      if (await isEnough(bytes)) break;
    } else if (stream.readableEnded || stream.destroyed) break;
    else await untilChanged(stream);
  }
  if (bytes.length === 0) return { bytes, stream };
  // Nothing can be put back into a stream that has ended.
  if (stream.readableEnded || stream.destroyed) return { bytes, stream: Readable.from([bytes], { objectMode: false }) };
  stream.unshift(bytes);
  return { bytes, stream };
}

/** Waits for more bytes, the end or an error. */
async function untilChanged(stream: Readable): Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  await Promise.race([once(stream, "readable", { signal }), once(stream, "end", { signal })]).catch(() => {});
  // Removes the listeners of the event that did not come.
  stop.abort();
}
