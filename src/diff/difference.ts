// What a comparison gives: `src/schemas/diff.schema.json` says the same.
import type { Verdict } from "../model/verdict.ts";

export const DIFF_SCHEMA = "ssescope/diff@1";

/** In the order in which they are told. */
export const sections = ["structure", "text", "usage", "verdict"] as const;
export type Section = (typeof sections)[number];

/** Two captures, or a capture and a live stream, held against each other. */
export interface Comparison {
  readonly schema: typeof DIFF_SCHEMA;
  /** Null: there is no such stream in this one, and one in the other. */
  readonly a: Side | null;
  readonly b: Side | null;
  readonly isEqual: boolean;
  readonly differences: readonly Difference[];
}

export interface Side {
  /** Path, `-`, or URL without its secrets. */
  readonly source: string;
  readonly verdict: Verdict;
  readonly events: number;
}

export interface Difference {
  readonly section: Section;
  /** What differs: an event, the text of an item, a count. */
  readonly what: string;
  /** What stands in each; null: nothing. */
  readonly a: string | number | null;
  readonly b: string | number | null;
  /** Index of the event in each, where it is one. */
  readonly aEvent: number | null;
  readonly bEvent: number | null;
}
