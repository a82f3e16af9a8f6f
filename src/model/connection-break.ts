import type { ByteOffset, Count, Integer, Milliseconds } from "./numbers.ts";

/**
 * Where the connection of a live stream broke and the stream was joined: everything after it is from another
 * connection.
 */
export interface ConnectionBreak {
  /** When it broke, in ms since the source was opened. */
  readonly atMs: Milliseconds;
  /** How many bytes of the stream precede it. */
  readonly offset: ByteOffset;
  /** Why the connection ended, for people. */
  readonly reason: string;
  /** The Last-Event-ID of the request that resumed the stream; null if it had none. */
  readonly lastEventId: string | null;
  /** The sequence number that the request resumed after (`starting_after`); null if it did not resume by number. */
  readonly startingAfter: Integer | null;
  /** Bytes of an event that was cut off. The standard discards them, and they are not in the stream. */
  readonly lostBytes: Count;
  /** Events that arrived again after the break and were left out. */
  readonly repeatedEvents: Count;
}
