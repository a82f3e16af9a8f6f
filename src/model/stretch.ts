import type { TextDelta } from "./facts.ts";
import type { Reading } from "./reading.ts";

/** The size of a stretch of events. */
export interface StretchLength {
  readonly events: number;
  readonly lines: number;
  readonly bytes: number;
}

/**
 * Consecutive events of one chunk that continue one text, which need not be that of the event before them: each is like
 * the others, except for the text, the next sequence number, and padding. They are read at once, which makes ssescope
 * fast (see `stretch/stretch-reader.ts`).
 */
export interface Stretch extends StretchLength {
  /**
   * An event of this text before them, which was read by itself, with their time. They share its type, item and
   * everything else.
   */
  readonly like: Reading;
  /** The delta of that event, which has the item, part and kind of theirs. */
  readonly delta: TextDelta;
  /** Their texts, joined. */
  readonly text: StretchText;
  /** The place of the last one: its index, its line and its offset in bytes. */
  readonly last: { readonly index: number; readonly line: number; readonly offset: number };
  /** The sequence number of the last one; null if they have none. */
  readonly sequenceNumber: number | null;
}

/** Text that few listeners need as a string, if it is long. */
export interface StretchText {
  /** As UTF-8; must not be changed. Null if it is short: then it is kept as a string. */
  readonly utf8: Buffer | null;
  /** In UTF-16 code units, like the length of a string. */
  readonly length: number;
  /** In characters, as `wording/characters.ts` counts them. */
  readonly characters: number;
  toString(): string;
}
