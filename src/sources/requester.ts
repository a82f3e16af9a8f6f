import type { Input } from "./input.ts";

/** Makes a request any number of times. */
export interface Requester {
  /**
   * Makes the request with the changes. Throws UserError if it cannot be sent, TransportError if the network fails,
   * also while chunks are read. An abort of `signal` ends the chunks early and throws nothing.
   */
  request(change: RequestChange, signal: AbortSignal): Promise<Input>;
}

/** Changes to the user's request. */
export interface RequestChange {
  readonly method?: string;
  /** Makes the URL from the user's own, which contains secrets. */
  readonly url?: (url: URL) => URL;
  /** Replace the user's headers of the same name. Names are in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent unless the user gives a header of the same name. */
  readonly defaultHeaders?: Readonly<Record<string, string>>;
  readonly withoutBody?: true;
}
