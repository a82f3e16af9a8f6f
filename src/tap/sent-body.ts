// The body of a request on its way to the upstream: passed on as it comes, with a copy for whoever asks what was sent.
import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";

/** What is kept of a body at most; what is larger is passed on all the same. */
export const MOST_KEPT_BYTES = 32 * 1024 ** 2;

export interface SentBody {
  /** What is sent; null: the request has no body. */
  readonly stream: Readable | null;
  /** What was sent so far, as it was encoded; null if it is too large to be kept. */
  kept(): Buffer | null;
}

/**
 * The body of a request: a message has one if it says how it is delimited (RFC 9112, 6.3). `onSent` is called when all of
 * it was passed on.
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
