import type { WireRecord } from "../wire.ts";

/**
 * How events are wrapped in bytes. Takes bytes in chunks of any size, hands on wire records; the records are the same
 * at every chunking. Implementations are collected in `index.ts`.
 */
export interface Framing {
  readonly name: string;
  /** One line for `--help`. */
  readonly title: string;
  /**
   * Judges the beginning of an input, a byte order mark already removed: true or false, or null where more bytes are
   * needed to tell. `complete` says that `head` is all that will come.
   */
  guess(head: Uint8Array, complete: boolean): boolean | null;
  create(emit: (record: WireRecord) => void, limits: FramingLimits): Framer;
}

export interface FramingLimits {
  /** The most bytes that the lines of one event may hold, their line ends not counted; from `--max-event-size`. */
  readonly maxEventBytes: number;
}

export interface Framer {
  /** Takes the next bytes; they may be overwritten after the call. Throws EventTooLargeError. */
  push(bytes: Uint8Array): void;
  /** Says that the input is over; emits the `end` record. */
  end(): void;
}
