// The records of the `wire` format: what the parser saw, nothing interpreted. `src/schemas/wire.schema.json` says the same.

/** One event as WHATWG HTML 9.2.6 dispatches it, with its place in the input. */
export interface WireEvent {
  readonly type: "event";
  /** The event name; `message` where the stream named none. */
  readonly event: string;
  /** The data lines joined by LF. */
  readonly data: string;
  /** The last id seen so far; ids persist from event to event. */
  readonly lastEventId: string;
  /** Position among the events of the input, from 0. */
  readonly index: number;
  /** Line of the event's first field, from 1. */
  readonly line: number;
  /** Byte offset of the event's first field. */
  readonly offset: number;
  /** Bytes from `offset` through the byte that dispatched the event: of a final CRLF the LF is not counted. */
  readonly length: number;
}

/** A line that begins with a colon. `text` is everything after that colon, nothing stripped. */
export interface WireComment {
  readonly type: "comment";
  readonly text: string;
  readonly line: number;
  readonly offset: number;
}

/** A valid reconnection time in milliseconds, at most Number.MAX_SAFE_INTEGER. */
export interface WireRetry {
  readonly type: "retry";
  readonly ms: number;
  readonly line: number;
  readonly offset: number;
}

/** The event that the standard discards because the input ended before its blank line. */
export interface PendingEvent {
  readonly event: string;
  readonly data: string;
  readonly line: number;
  readonly offset: number;
}

export interface WireEnd {
  readonly type: "end";
  /** Bytes read, all of them. */
  readonly bytes: number;
  /** Events dispatched; the pending one is not among them. */
  readonly events: number;
  readonly lastEventId: string;
  readonly pending: PendingEvent | null;
}

export type WireRecord = WireEvent | WireComment | WireRetry | WireEnd;

/** What the standard passes over in silence, with its place: `event` is the index of the event that it stands in or before. */
export interface WireDefect {
  readonly type:
    /** A blank line ends fields among which there is no `data`: nothing is dispatched. */
    | "event-without-data"
    /** Bytes that are no UTF-8: the standard reads them as U+FFFD. */
    | "invalid-utf8";
  /** The event name where one was given; of bytes that are no UTF-8, how they read. */
  readonly text: string;
  readonly index: number;
  readonly line: number;
  readonly offset: number;
}
