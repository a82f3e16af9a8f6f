import type { HttpExchange } from "../model/http-head.ts";
import type { ReadBeside } from "./beside.ts";
import type { Input } from "./input.ts";
import type { Io } from "../io.ts";
import type { Requester } from "./requester.ts";
import type { NetworkOptions } from "./http/network.ts";
import type { RequestOptions } from "./http/request.ts";

/**
 * A source of bytes: a file, standard input, a live response. Opening it yields chunks as they arrive. `index.ts`
 * finds the source for a name. A source that makes requests can repeat them.
 */
export interface Source extends Partial<Requester> {
  /** The name in output and reports, without the secrets of a URL. */
  readonly name: string;
  /** Reads a file beside it; left out if it has no folder. */
  readonly readBeside?: ReadBeside;
  /** Set if the server keeps the connection open after a response: then the end of the response ends the source. */
  readonly isOpenEnded?: true;
  /** The request so far, without secrets; left out if there is no request. */
  readonly asked?: () => HttpExchange["request"] | null;
  /**
   * Opens the source. Throws UserError if it cannot be read, TransportError if the network fails, also while chunks are
   * read. An abort of `signal` ends the chunks early and throws nothing.
   */
  open(signal: AbortSignal): Promise<Input>;
}

/** What a source may need besides its name. */
export interface SourceContext {
  readonly io: Pick<Io, "stdin" | "env" | "clock">;
  readonly request: RequestOptions;
  readonly network: NetworkOptions;
  /** Limit on the bytes of an event. */
  readonly maxEventBytes: number;
  /** Limit on the decompressed bytes of a body. */
  readonly maxDecodedBytes: number;
  /** Prints one line for the user. */
  readonly talk: (message: string) => void;
}
