import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";

/** What a peer reads: the file that is named, else standard input. */
export function openSource(): Readable {
  const file = process.argv[2];
  return file === undefined || file === "-" ? process.stdin : createReadStream(file);
}
