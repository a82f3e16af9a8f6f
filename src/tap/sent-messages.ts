// Keeps the messages that a client sends over a WebSocket like a request body: one per line.
import { MOST_KEPT_BYTES, type SentBody } from "./sent-body.ts";

export interface SentMessages extends SentBody {
  add(line: Buffer): void;
  /** The messages so far; empty if they are too large to keep. */
  all(): readonly Buffer[];
  /** The client has sent no message. */
  readonly isEmpty: boolean;
}

export function createSentMessages(): SentMessages {
  let lines: Buffer[] | null = [];
  let bytes = 0;
  return {
    stream: null,
    add(line) {
      bytes += line.length;
      if (bytes > MOST_KEPT_BYTES) lines = null;
      lines?.push(line);
    },
    all: () => lines ?? [],
    kept: () => (lines === null ? null : Buffer.concat(lines)),
    get isEmpty() {
      return bytes === 0;
    },
  };
}
