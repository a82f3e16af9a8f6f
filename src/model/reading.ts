import type { DialectTraits, ReadEvent } from "./dialect-traits.ts";

/** All that was read out of one event: what rules, report and views are given. */
export interface Reading extends ReadEvent {
  /** The dialect that it was read in; a stream's first events may be `generic` until one tells. */
  readonly dialect: DialectTraits;
  /** The event's name, or, where the stream names none, the `type` of its payload. */
  readonly eventType: string;
  /** The number that the protocol itself gives the event, or null. */
  readonly sequenceNumber: number | null;
  /** The dialect that knows the event, where the one that it was read in does not; else null. */
  readonly foreignDialect: DialectTraits | null;
  /** When the bytes came that completed the event, in ms since the source was opened; null where times are not known. */
  readonly atMs: number | null;
  /** The input ended before the event's blank line; the standard would discard it. */
  readonly pending: boolean;
  /** It was taken out of an event that held it (`dialects/unwrap.ts`): the lines around it are not its own. */
  readonly wrapped: boolean;
  /** It is not an event of the stream but an error on lines that are no SSE fields; `event` has these lines and their place. */
  readonly stray: boolean;
}
