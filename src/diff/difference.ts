// The result of a comparison; `src/schemas/diff.schema.json` is generated from it.
import type { Count, Index } from "../model/numbers.ts";
import type { Verdict } from "../model/verdict.ts";

export const DIFF_SCHEMA = "ssescope/diff@1";

/** In print order. */
export const sections = ["structure", "text", "usage", "verdict"] as const;
export type Section = (typeof sections)[number];

/** Two captures, or a capture and a live stream, compared. */
export interface Comparison {
  /** Name and version of this format. */
  readonly schema: typeof DIFF_SCHEMA;
  /** The stream of the first source; null if only the other source has a stream at this position. */
  readonly a: Side | null;
  /** The stream of the second source; null if only the other source has a stream at this position. */
  readonly b: Side | null;
  readonly isEqual: boolean;
  readonly differences: readonly Difference[];
}

export interface Side {
  /** Path, `-` for standard input, or URL without its secrets. */
  readonly source: string;
  readonly verdict: Verdict;
  readonly events: Count;
}

export interface Difference {
  readonly section: Section;
  /** What differs: an event, the fields of an event, the text of an item, a count. */
  readonly what: string;
  /** The value in the first stream; null: no value. */
  readonly a: string | number | null;
  /** The value in the second stream; null: no value. */
  readonly b: string | number | null;
  /** Index of the event in the first stream; null if the difference is not an event. */
  readonly aEvent: Index | null;
  /** Index of the event in the second stream; null if the difference is not an event. */
  readonly bEvent: Index | null;
}
