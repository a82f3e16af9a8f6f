// Forwards the body of a request as it arrives, and keeps a copy.
import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";

/** Limit on the copy of a body; larger bodies are forwarded but not kept. */
export const MOST_KEPT_BYTES = 32 * 1024 ** 2;

export interface SentBody {
  /** The body to send; null: the request has none. */
  readonly stream: Readable | null;
  /** The bytes sent so far, still encoded; null if they are too large to keep. */
  kept(): Buffer | null;
}

/**
 * The body of a request. A message has one if its headers delimit it (RFC 9112, 6.3). `onSent` is called when
 * all of it has been forwarded.
 */
export function sentBodyOf(request: IncomingMessage, onSent: () => void): SentBody {
  const { headers } = request;
  const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  let chunks: Uint8Array[] | null = [];
  let bytes = 0;

  async function* passOn(): AsyncGenerator<Uint8Array> {
    for await (const chunk of request as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > MOST_KEPT_BYTES) chunks = null;
      chunks?.push(chunk);
      yield chunk;
    }
    onSent();
  }

  return {
    stream: hasBody ? Readable.from(passOn(), { objectMode: false }) : null,
    kept: () => (chunks === null ? null : Buffer.concat(chunks)),
  };
}
