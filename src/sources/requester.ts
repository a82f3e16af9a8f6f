import type { Input } from "./input.ts";

/** Makes a request as often as it is asked to. */
export interface Requester {
  /**
   * Makes the request, changed as asked. Throws UserError where it cannot be sent, TransportError where the network fails,
   * then and while chunks are read. An abort of `signal` ends the chunks early and throws nothing.
   */
  request(change: RequestChange, signal: AbortSignal): Promise<Input>;
}

/** How a request differs from the one that the user asked for. */
export interface RequestChange {
  readonly method?: string;
  /** Makes the address from the user's own, which holds its secrets. */
  readonly url?: (url: URL) => URL;
  /** Sent instead of the user's of that name. Names are in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent where the user gave none of that name. */
  readonly defaultHeaders?: Readonly<Record<string, string>>;
  readonly withoutBody?: true;
}
