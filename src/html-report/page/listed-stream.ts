import type { StreamSummary } from "../data.ts";

/** A stream, and its place in the order in which streams were checked. */
export interface ListedStream extends StreamSummary {
  readonly index: number;
  /** The source, and the place of the stream in it. */
  readonly name: string;
}
