import type { Chunk } from "../model/chunk.ts";
import type { CompressionFault } from "../model/compression-fault.ts";
import type { ConnectionBreak } from "../model/connection-break.ts";
import type { HttpExchange, HttpHead } from "../model/http-head.ts";
import type { ClosingTimes, OpeningTimes } from "../model/timing.ts";

/** An open source. */
export interface Input {
  /** The request and the response headers; null where HTTP was not spoken, or nobody kept it. */
  readonly exchange: HttpExchange | null;
  /** The response headers, if the request is not known; left out if `exchange` has both, or there are none. */
  readonly head?: HttpHead;
  /** When the source was opened, ISO 8601 in UTC; left out where nobody knows. */
  readonly startedAt?: string;
  /** How long it took until the response began; null where nobody measured it. */
  readonly opening: OpeningTimes | null;
  /** Where it was joined together; grows while chunks are read. Left out where there is but one connection. */
  readonly breaks?: readonly ConnectionBreak[];
  /** Leaving the loop early closes the source. */
  readonly chunks: AsyncIterable<Chunk>;
  /** What is known once the chunks are over; left out where nobody measures it. */
  closing?(): ClosingTimes;
  /** Whether whoever recorded it left before the server ended, once the chunks are over; left out where it is none. */
  wasLeft?(): boolean;
  /** What was wrong with a compression that the source took off, once the chunks are over; null: nothing. */
  compression?(): CompressionFault | null;
}

/** An input of which nothing is known but its chunks. */
export function bareInput(chunks: AsyncIterable<Chunk>): Input {
  return { exchange: null, opening: null, chunks };
}

/** The chunks of a source that was never opened. */
export async function* noChunks(): AsyncGenerator<Chunk> {}
