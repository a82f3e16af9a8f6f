import type { Readable } from "node:stream";
import type { Source } from "./source.ts";
import { readStream } from "./stream.ts";

export const STDIN_NAME = "-";

/** Standard input, chunk by chunk as it arrives. */
export function stdinSource(stdin: Readable): Source {
  return {
    name: STDIN_NAME,
    open: (signal) => readStream("standard input", stdin, signal),
  };
}
