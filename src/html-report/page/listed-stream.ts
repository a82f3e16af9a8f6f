import type { StreamSummary } from "../data.ts";

/** A stream, and its place in the order in which streams were checked. */
export interface ListedStream extends StreamSummary {
  readonly index: number;
  /** What was asked, the source, and the place of the stream in it, as far as there are such. */
  readonly name: string;
}
