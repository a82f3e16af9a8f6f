// A rule's finding in a stream, and its severity.
import type { ByteOffset, Index, LineNumber } from "./numbers.ts";

export const severities = ["error", "warning", "info"] as const;
export type Severity = (typeof severities)[number];

/** Something wrong or remarkable in a stream, with its place; null if it has none. */
export interface Finding {
  /**
   * Stable id of the rule.
   * @pattern ^[a-z0-9]+(-[a-z0-9]+)*$
   */
  readonly rule: string;
  readonly severity: Severity;
  /** Index of the event, from 0. */
  readonly event: Index | null;
  /** Line of its first field in the input, from 1; in a HAR file or cassette the line in that file. */
  readonly line: LineNumber | null;
  /** Byte offset of its first field in the input. */
  readonly offset: ByteOffset | null;
  /** In a HAR file or cassette: its line in the recorded body, from 1. */
  readonly bodyLine?: LineNumber;
  /** What the rule expects here, as a value or in a few words; null if there is nothing to compare. Untrusted text. */
  readonly expected: string | null;
  /** What was found instead. Untrusted text. */
  readonly seen: string | null;
  /** One sentence for a person. May quote the stream: untrusted text. */
  readonly message: string;
}

/** A place in the input: the index of the event, its line from 1 and its offset in bytes. */
export interface Place {
  readonly index: number;
  readonly line: number;
  readonly offset: number;
}

/** The expected and the actual value; null: nothing. */
export interface Difference {
  readonly expected: string | number | null;
  readonly seen: string | number | null;
}
