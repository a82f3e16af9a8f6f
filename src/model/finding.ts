// What a rule finds in a stream, and how bad it is.

export const severities = ["error", "warning", "info"] as const;
export type Severity = (typeof severities)[number];

/** Something wrong or remarkable in a stream, with its place; null where it has none. */
export interface Finding {
  /** Id of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  /** Index of the event. */
  readonly event: number | null;
  readonly line: number | null;
  /** In bytes. */
  readonly offset: number | null;
  /** What the rule expects at this place, in a few words or as the value; null where there is nothing to compare. */
  readonly expected: string | null;
  readonly seen: string | null;
  /** One sentence for a person. May quote the stream: untrusted text. */
  readonly message: string;
}

/** Where in the input something was found: the index of the event, its line from 1 and its offset in bytes. */
export interface Place {
  readonly index: number;
  readonly line: number;
  readonly offset: number;
}

/** What was expected, and what was seen instead; null: nothing. */
export interface Difference {
  readonly expected: string | number | null;
  readonly seen: string | number | null;
}
