import type { Readable } from "node:stream";

/** All bytes that wait in a stream: from Node.js 26 on, `read()` gives the first of its buffers, before, all in one. */
export function readWaiting(stream: Readable): Buffer {
  const pieces: Buffer[] = [];
  for (let piece: unknown = stream.read(); Buffer.isBuffer(piece); piece = stream.read()) pieces.push(piece);
  return Buffer.concat(pieces);
}
