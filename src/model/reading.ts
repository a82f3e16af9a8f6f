import type { DialectTraits, ReadEvent } from "./dialect-traits.ts";

/** Everything read from one event: rules, the report and views get this. */
export interface Reading extends ReadEvent {
  /** The dialect that read it; the first events of a stream may be `generic` until the dialect is detected. */
  readonly dialect: DialectTraits;
  /** The event's name or, if the stream names none, the `type` of its payload. */
  readonly eventType: string;
  /** The number that the protocol gives the event; null if none. */
  readonly sequenceNumber: number | null;
  /** The dialect that knows the event, if the one that read it does not; else null. */
  readonly foreignDialect: DialectTraits | null;
  /** When the bytes that completed the event arrived, in ms since the source was opened; null if times are unknown. */
  readonly atMs: number | null;
  /** The input ended before the event's blank line; the standard discards such an event. */
  readonly pending: boolean;
  /** It was inside another event (`dialects/unwrap.ts`): the lines around it are not its own. */
  readonly wrapped: boolean;
  /**
   * Not an event of the stream but an error on lines that are not SSE fields; `event` has these lines and their place.
   */
  readonly stray: boolean;
}
