import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";

/** The input of a peer: the file of the first argument, or standard input. */
export function openSource(): Readable {
  const file = process.argv[2];
  return file === undefined || file === "-" ? process.stdin : createReadStream(file);
}
