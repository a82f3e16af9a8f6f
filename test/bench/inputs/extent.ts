/** The length of a response. */
export interface Extent {
  /** Items, calls or blocks are added until the response has about this many characters; at least one. */
  readonly length: number;
  /** Deltas of each item, call or block. */
  readonly deltas: number;
}
