/** How much an answer says. */
export interface Extent {
  /** Another item, call or block is begun until the answer has about so many characters; at least one is. */
  readonly length: number;
  /** Deltas of each item, call or block. */
  readonly deltas: number;
}
