import type { Readable } from "node:stream";

/** All bytes waiting in a stream. Since Node.js 26, `read()` returns only the first buffer; earlier, all in one. */
export function readWaiting(stream: Readable): Buffer {
  const pieces: Buffer[] = [];
  for (let piece: unknown = stream.read(); Buffer.isBuffer(piece); piece = stream.read()) pieces.push(piece);
  return Buffer.concat(pieces);
}
