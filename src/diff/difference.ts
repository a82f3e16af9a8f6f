// The result of a comparison; `src/schemas/diff.schema.json` is generated from it.
import type { Count, Index } from "../model/numbers.ts";
import type { Verdict } from "../model/verdict.ts";

export const DIFF_SCHEMA = "ssescope/diff@1";

/** In print order. */
export const sections = ["structure", "text", "usage", "verdict"] as const;
export type Section = (typeof sections)[number];

/** The section of times, which are no differences by themselves: those of two runs are never equal. */
export const TIMES = "times";
/** What `--only` chooses from. */
export const choices = [...sections, TIMES] as const;
export type Choice = (typeof choices)[number];

/** Two captures, or a capture and a live stream, compared. */
export interface Comparison {
  /** Name and version of this format. */
  readonly schema: typeof DIFF_SCHEMA;
  /** The stream of the first source; null if only the other source has a stream at this position. */
  readonly a: Side | null;
  /** The stream of the second source; null if only the other source has a stream at this position. */
  readonly b: Side | null;
  /** Whether there are no differences. Times count only if they were asked for by name: `--only times`. */
  readonly isEqual: boolean;
  readonly differences: readonly Difference[];
  /** Null unless both streams have times, and times are compared. */
  readonly times: TimesComparison | null;
}

export interface TimesComparison {
  /** What was measured in at least one of the streams. */
  readonly measures: readonly TimeDifference[];
  /** Signs that something on the way of one of the streams buffers. */
  readonly buffering: readonly BufferingSign[];
}

export interface TimeDifference {
  /** The measure, as in `ssescope --help`; the response before it if there are several. */
  readonly what: string;
  readonly unit: "ms" | "tokens/s" | "events";
  /**
   * The value in the first stream; null: not measured.
   * @minimum 0
   */
  readonly a: number | null;
  /**
   * The value in the second stream; null: not measured.
   * @minimum 0
   */
  readonly b: number | null;
  /** Whether they differ by more than two runs of the same request usually do, or only one was measured. */
  readonly isNotable: boolean;
}

/** The first token comes later and gaps shrink; blocks of a buffer's size; many events in a chunk. */
export type BufferingType = "late-first-token" | "blocks" | "full-chunks";

export interface BufferingSign {
  readonly type: BufferingType;
  /** The stream that is held back. */
  readonly side: "a" | "b";
  readonly message: string;
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
