// The definition of a key of `--expect`.
import type { Severity } from "../model/finding.ts";
import type { Report } from "../model/report.ts";

/** How many findings each rule and each severity has, including findings that are not kept. */
export interface FindingTotals {
  readonly rules: Readonly<Record<string, number>>;
  readonly severities: Readonly<Record<Severity, number>>;
}

/** `names`: a list of texts; an expectation is about one of them. */
export type KeyKind = "text" | "number" | "duration" | "names";

/** Why there is no value. */
export interface Absent {
  /** The text after "it is". */
  readonly absent: string;
  /** A clause to use instead of "it is …". Untrusted text. */
  readonly clause?: string;
  /** What the user can do. */
  readonly hint?: string;
}

/** Texts; counts; durations in ms. */
export type Value = string | number | Absent;

export interface Key {
  readonly name: string;
  readonly kind: KeyKind;
  /** One line for help. */
  readonly title: string;
  /** Set if each response has its own value. */
  readonly isOfResponses?: true;
  /** Set if a stream may not report it, so that `=null` is useful. */
  readonly isNullable?: true;
  /** The only possible values; left out if any value is possible. */
  readonly choices?: readonly string[];
  /** What its values mean; printed after the value and a colon. */
  readonly meanings?: Readonly<Record<string, string>>;
  /** The value; for `isOfResponses`, one for each response; for names, all of them. */
  read(report: Report, totals: FindingTotals): readonly Value[];
}

/** Keys that contain a name, such as `items.message`. */
export interface KeyFamily extends Pick<Key, "kind" | "title" | "isNullable"> {
  /** The parts before and after the name. */
  readonly prefix: string;
  readonly suffix: string;
  readonly placeholder: string;
  /** The possible names; null if the stream defines them. */
  readonly names: (() => readonly string[]) | null;
  read(name: string, report: Report, totals: FindingTotals): Value;
}
