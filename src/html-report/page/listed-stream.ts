import type { StreamSummary } from "../data.ts";

/** A stream, and its index in the order in which streams were checked. */
export interface ListedStream extends StreamSummary {
  readonly index: number;
  /** The request, the source, and the place of the stream in it, as far as they exist. */
  readonly name: string;
}
