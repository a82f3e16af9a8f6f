// The records of the `wire` format: the parser's view, without interpretation. `src/schemas/wire.schema.json` is
// generated from them.
import type { ByteOffset, Count, Index, LineNumber, PositiveCount } from "./numbers.ts";

/** The SSE standard's name for an event without an event line; framings without names use it too. */
export const UNNAMED_EVENT = "message";

/** An event as WHATWG HTML 9.2.6 dispatches it, with its place in the input. */
export interface WireEvent {
  readonly type: "event";
  /**
   * The event name; `message` if the stream gives none.
   * @minLength 1
   */
  readonly event: string;
  /** The data lines joined by LF; invalid UTF-8 as U+FFFD. */
  readonly data: string;
  /** The last id seen so far; ids persist from event to event. */
  readonly lastEventId: string;
  /** Position among the events of the input, from 0. */
  readonly index: Index;
  /**
   * Line of the first field, from 1; in binary frames and messages, which have no lines, the number of the frame or
   * message.
   */
  readonly line: LineNumber;
  /** Byte offset of the first field in the input, from 0. */
  readonly offset: ByteOffset;
  /** Bytes from `offset` through the byte that dispatched the event; the LF of a final CRLF is not counted. */
  readonly length: PositiveCount;
  /** Headers of its frame, each value as text; left out if the framing has none. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A line that begins with a colon. */
export interface WireComment {
  readonly type: "comment";
  /** Everything after that colon, nothing stripped. */
  readonly text: string;
  /** Line of the comment, from 1. */
  readonly line: LineNumber;
  /** Byte offset of the colon in the input, from 0. */
  readonly offset: ByteOffset;
}

/** A valid reconnection time. */
export interface WireRetry {
  readonly type: "retry";
  /**
   * The time in milliseconds, at most Number.MAX_SAFE_INTEGER.
   * @maximum 9007199254740991
   */
  readonly ms: Count;
  /** Line of the field, from 1. */
  readonly line: LineNumber;
  /** Byte offset of the line in the input, from 0. */
  readonly offset: ByteOffset;
}

/**
 * Lines that are not fields of the standard, which clients drop: a page or an error that a proxy wrote into the stream, or
 * the rest of an event that a line end split. Consecutive ones are one record.
 * @title Stray lines
 */
export interface WireStray {
  readonly type: "stray";
  /** The lines, joined by LF; invalid UTF-8 as U+FFFD. */
  readonly text: string;
  /** Line of the first of them, from 1. */
  readonly line: LineNumber;
  /** Byte offset of the first of them in the input, from 0. */
  readonly offset: ByteOffset;
}

/** The event that the standard discards because the input ends before its blank line. */
export interface PendingEvent {
  /**
   * The event name; `message` if the stream gives none.
   * @minLength 1
   */
  readonly event: string;
  /** The data lines joined by LF, as far as they arrived. */
  readonly data: string;
  /** Line of the first field, from 1. */
  readonly line: LineNumber;
  /** Byte offset of the first field in the input, from 0. */
  readonly offset: ByteOffset;
  /** Headers of its frame, each value as text; left out if the framing has none. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The input is over. */
export interface WireEnd {
  readonly type: "end";
  /** Bytes read in total. */
  readonly bytes: Count;
  /** Events dispatched, without the pending one. */
  readonly events: Count;
  /** The last id seen. */
  readonly lastEventId: string;
  readonly pending: PendingEvent | null;
}

export type WireRecord = WireEvent | WireComment | WireRetry | WireStray | WireEnd;

/** A fault that the standard ignores, with its place: `index` is that of its event, or of the next one. */
export interface WireDefect {
  readonly type:
    /** A blank line ends fields without `data`: nothing is dispatched. */
    | "event-without-data"
    /** The same with a comment among the fields: something wrote it, and its blank line, into an event. */
    | "event-cut-by-comment"
    /** Two events without a blank line between them, read separately; the place is that of the second. */
    | "event-not-separated"
    /**
     * There is no line end, or no comma in an array, between the event at this index and the one before; `text` has the
     * detail.
     */
    | "run-together"
    /** A damaged binary frame: a wrong checksum, unreadable headers, or bytes that are not a frame. */
    | "damaged-frame"
    /** Chunked transfer coding (RFC 9112, 7.1) with something else in place of a chunk's size. */
    | "wrong-chunk-size"
    /** Chunked transfer coding that ends before its last chunk. */
    | "last-chunk-missing"
    /** Invalid UTF-8, which the standard reads as U+FFFD. */
    | "invalid-utf8";
  /** The event name if there is one; for invalid UTF-8, the decoded text; for a frame or chunk, what is wrong. */
  readonly text: string;
  readonly index: number;
  readonly line: number;
  readonly offset: number;
}
