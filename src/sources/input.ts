import type { Chunk } from "../model/chunk.ts";
import type { CompressionFault } from "../model/compression-fault.ts";
import type { ConnectionBreak } from "../model/connection-break.ts";
import type { HttpExchange, HttpHead } from "../model/http-head.ts";
import type { ClosingTimes, OpeningTimes } from "../model/timing.ts";

/** An open source. */
export interface Input {
  /** The request and the response headers; null if not HTTP, or not recorded. */
  readonly exchange: HttpExchange | null;
  /** The response headers, if the request is unknown; left out if `exchange` has both, or there are none. */
  readonly head?: HttpHead;
  /** When the source was opened, ISO 8601 in UTC; left out if unknown. */
  readonly startedAt?: string;
  /** The times until the response began; null if not measured. */
  readonly opening: OpeningTimes | null;
  /** The breaks between joined connections; grows while chunks are read. Left out if there is only one connection. */
  readonly breaks?: readonly ConnectionBreak[];
  /** Leaving the loop early closes the source. */
  readonly chunks: AsyncIterable<Chunk>;
  /** The times known after the last chunk; left out if not measured. */
  closing?(): ClosingTimes;
  /** After the last chunk: whether the recording stopped before the server ended. Left out if it is not a recording. */
  wasLeft?(): boolean;
  /** After the last chunk: the fault in a compression that the source decoded; null: none. */
  compression?(): CompressionFault | null;
}

/** An input with chunks only. */
export function bareInput(chunks: AsyncIterable<Chunk>): Input {
  return { exchange: null, opening: null, chunks };
}

/** No chunks, for a source that was never opened. */
export async function* noChunks(): AsyncGenerator<Chunk> {}
