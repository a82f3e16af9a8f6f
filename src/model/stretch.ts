import type { TextDelta } from "./facts.ts";
import type { Reading } from "./reading.ts";

/** The size of a stretch of events. */
export interface StretchLength {
  readonly events: number;
  readonly lines: number;
  readonly bytes: number;
}

/**
 * Events of one chunk that continue one text: each is like the one before it, except for the text, the next sequence
 * number, and padding. They are read at once, which makes ssescope fast (see `stretch/stretch-reader.ts`).
 */
export interface Stretch extends StretchLength {
  /**
   * An event before them in the chunk, which was read by itself. They share its type, item, time and everything else.
   */
  readonly like: Reading;
  /** Their texts, joined. */
  readonly text: StretchText;
  /** The same as one delta; its string is made anew at each access. */
  readonly delta: TextDelta;
  /** The place of the last one: its index, its line and its offset in bytes. */
  readonly last: { readonly index: number; readonly line: number; readonly offset: number };
  /** The sequence number of the last one; null if they have none. */
  readonly sequenceNumber: number | null;
}

/** Text that few listeners need as a string. */
export interface StretchText {
  /** As UTF-8; must not be changed. */
  readonly utf8: Buffer;
  /** In UTF-16 code units, like the length of a string. */
  readonly length: number;
  /** In characters, as `wording/characters.ts` counts them. */
  readonly characters: number;
  toString(): string;
}
