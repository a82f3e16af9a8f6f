import type { Chunk } from "../chunk.ts";
import type { HttpHead } from "../http-head.ts";
import type { Io } from "../io.ts";
import type { RequestOptions } from "./request.ts";

/**
 * Where bytes come from: a file, standard input, an HTTP response. Opening hands on chunks as they arrive.
 * `index.ts` tells from a name which source it is.
 */
export interface Source {
  /** As shown to people and in reports: without the secrets that a URL may hold. */
  readonly name: string;
  /**
   * Opens the source. Throws UserError where it cannot be read, TransportError where the network fails, then and while
   * chunks are read. An abort of `signal` ends the chunks early and throws nothing.
   */
  open(signal: AbortSignal): Promise<Input>;
}

export interface Input {
  readonly http: HttpHead | null;
  /** Leaving the loop early closes the source. */
  readonly chunks: AsyncIterable<Chunk>;
}

/** The chunks of a source that was never opened. */
export async function* noChunks(): AsyncGenerator<Chunk> {}

/** What a source may need besides its name. */
export interface SourceContext {
  readonly io: Pick<Io, "stdin" | "env">;
  readonly request: RequestOptions;
}
