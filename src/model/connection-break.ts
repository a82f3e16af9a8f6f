/** Where the connection of a live stream broke, and the stream was joined again: what follows is of another connection. */
export interface ConnectionBreak {
  /** When it broke, in ms since the source was opened. */
  readonly atMs: number;
  /** How many bytes of the stream stand before it. */
  readonly offset: number;
  /** What ended the connection, for people. */
  readonly reason: string;
  /** What was sent as Last-Event-ID to go on; null where none was. */
  readonly lastEventId: string | null;
  /** The number after which the stream was asked to go on (`starting_after`); null where it was not asked by number. */
  readonly startingAfter: number | null;
  /** Bytes of an event that was cut: the standard discards it, and it is not in the stream. */
  readonly lostBytes: number;
  /** Events that came again after the break, and were left out. */
  readonly repeatedEvents: number;
}
