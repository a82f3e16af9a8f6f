import type { TextDelta } from "./facts.ts";
import type { RunLength } from "../framing/framing.ts";
import type { Reading } from "./reading.ts";

/**
 * Events that came in one chunk and go on with one text: each like the one before it but for the text, its number, which
 * is the next one, and what tells nothing. They are read at once, which is what makes ssescope fast (see `run-reader.ts`).
 * Who counts events or remembers the last one takes runs; to who looks at neither, a run is nothing new.
 */
export interface Run extends RunLength {
  /** An event before them in the chunk, which was read by itself: its type, its item, its time and all else are theirs. */
  readonly like: Reading;
  /** Their texts, as one delta. */
  readonly delta: TextDelta;
  /** Where the last of them stands: its index, its line and its offset in bytes. */
  readonly last: { readonly index: number; readonly line: number; readonly offset: number };
  /** That of the last of them; null where they have none. */
  readonly sequenceNumber: number | null;
}
