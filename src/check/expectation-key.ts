// What a key of `--expect` is.
import type { Severity } from "../model/finding.ts";
import type { Report } from "../model/report.ts";

/** How often each rule and each severity was found, also where not all findings are kept. */
export interface FindingTotals {
  readonly rules: Readonly<Record<string, number>>;
  readonly severities: Readonly<Record<Severity, number>>;
}

/** `names`: any number of texts, of which one is asked for. */
export type KeyKind = "text" | "number" | "duration" | "names";

/** Why there is no value. */
export interface Absent {
  /** As it follows the words "it is". */
  readonly absent: string;
  /** The clause of a message, if "it is …" is not how to say it. Untrusted text. */
  readonly clause?: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** Texts; counts; durations in ms. */
export type Value = string | number | Absent;

export interface Key {
  readonly name: string;
  readonly kind: KeyKind;
  /** One line for help. */
  readonly title: string;
  /** Set where each response has its own value. */
  readonly isOfResponses?: true;
  /** Set where a stream may not report it, so that `=null` says something. */
  readonly isNullable?: true;
  /** The only values that there are; left out where any may come. */
  readonly choices?: readonly string[];
  /** What its values mean, as it follows a value and a colon. */
  readonly meanings?: Readonly<Record<string, string>>;
  /** The value; one for each response where `isOfResponses`; of names as many as there are. */
  read(report: Report, totals: FindingTotals): readonly Value[];
}

/** Keys that are of many names, `items.message` one of them. */
export interface KeyFamily extends Pick<Key, "kind" | "title" | "isNullable"> {
  /** What stands before the name, and after it. */
  readonly prefix: string;
  readonly suffix: string;
  readonly placeholder: string;
  /** The names that there are; null where the stream invents them. */
  readonly names: (() => readonly string[]) | null;
  read(name: string, report: Report, totals: FindingTotals): Value;
}
