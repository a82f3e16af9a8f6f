/** Bytes as they arrived in one read: what a source hands to a framing. */
export interface Chunk {
  /** Valid until the next chunk is asked for. */
  readonly bytes: Uint8Array;
  /** Time of arrival in ms since the source was opened; null where the capture has no times. */
  readonly atMs: number | null;
  /** The next chunk is there already: what is shown of this one may wait for it. */
  readonly isFollowed?: boolean;
}
