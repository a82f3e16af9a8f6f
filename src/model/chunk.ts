/** Bytes that arrived in one read: a source passes them to a framing. */
export interface Chunk {
  /** Valid until the next chunk is requested. */
  readonly bytes: Uint8Array;
  /** Time of arrival in ms since the source was opened; null if the capture has no times. */
  readonly atMs: number | null;
  /** The next chunk is already available, so output for this one may wait for it. */
  readonly isFollowed?: boolean;
}
