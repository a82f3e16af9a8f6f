import type { HttpExchange } from "../model/http-head.ts";
import type { ReadBeside } from "./beside.ts";
import type { Input } from "./input.ts";
import type { Io } from "../io.ts";
import type { Requester } from "./requester.ts";
import type { NetworkOptions } from "./http/network.ts";
import type { RequestOptions } from "./http/request.ts";

/**
 * Where bytes come from: a file, standard input, an HTTP response. Opening hands on chunks as they arrive.
 * `index.ts` tells from a name which source it is. One that makes requests can make them again.
 */
export interface Source extends Partial<Requester> {
  /** As shown to people and in reports: without the secrets that a URL may hold. */
  readonly name: string;
  /** Reads a file that belongs to it; left out where there is no folder to look in. */
  readonly readBeside?: ReadBeside;
  /** Its server keeps the connection open when it has answered: the end of the response ends the source. Else left out. */
  readonly isOpenEnded?: true;
  /** What it asks for, without secrets, as far as that is known; left out where nothing is asked. */
  readonly asked?: () => HttpExchange["request"] | null;
  /**
   * Opens the source. Throws UserError where it cannot be read, TransportError where the network fails, then and while
   * chunks are read. An abort of `signal` ends the chunks early and throws nothing.
   */
  open(signal: AbortSignal): Promise<Input>;
}

/** What a source may need besides its name. */
export interface SourceContext {
  readonly io: Pick<Io, "stdin" | "env" | "clock">;
  readonly request: RequestOptions;
  readonly network: NetworkOptions;
  /** The most bytes that an event may have. */
  readonly maxEventBytes: number;
  /** The most bytes that a compressed body may become. */
  readonly maxDecodedBytes: number;
  /** Tells the user what is going on, in one line. */
  readonly talk: (message: string) => void;
}
