import type { TextDelta } from "./facts.ts";
import type { Reading } from "./reading.ts";

/** How much of a stream some events are. */
export interface StretchLength {
  readonly events: number;
  readonly lines: number;
  readonly bytes: number;
}

/**
 * Events of one chunk that continue one text: each is like the one before it, but for the text, its number, which is the
 * next one, and padding. They are read at once, which is what makes ssescope fast (see `stretch/stretch-reader.ts`).
 */
export interface Stretch extends StretchLength {
  /** An event before them in the chunk, which was read by itself: its type, its item, its time and all else are theirs. */
  readonly like: Reading;
  /** Their texts, put together. */
  readonly text: StretchText;
  /** The same as one delta, whose string is made each time it is asked for. */
  readonly delta: TextDelta;
  /** Where the last of them stands: its index, its line and its offset in bytes. */
  readonly last: { readonly index: number; readonly line: number; readonly offset: number };
  /** That of the last of them; null where they have none. */
  readonly sequenceNumber: number | null;
}

/** Text that few listeners need as a string. */
export interface StretchText {
  /** As UTF-8, which nobody changes. */
  readonly utf8: Buffer;
  /** In UTF-16 code units, as of a string. */
  readonly length: number;
  /** In characters, as `wording/characters.ts` counts them. */
  readonly characters: number;
  toString(): string;
}
