import type { Reading } from "../reading.ts";
import type { HttpHead } from "../sources/source.ts";
import type { Tally } from "../tally.ts";

export const severities = ["error", "warning", "info"] as const;
export type Severity = (typeof severities)[number];

/** Something wrong or remarkable in a stream, with its place; null where it has none. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Index of the event. */
  readonly event: number | null;
  readonly line: number | null;
  readonly offset: number | null;
  /** One sentence for a person. May quote the stream: untrusted text. */
  readonly message: string;
}

export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong where the rule finds something, in one sentence. */
  readonly meaning: string;
}

/** Rules that watch the same thing and share what they remember. Families are collected in `index.ts`. */
export interface RuleFamily {
  readonly name: string;
  readonly rules: readonly Rule[];
  /** Begins to watch one stream; `find` takes the id of one of the family's rules. */
  watch(find: Find): Watcher;
}

export type Find = (ruleId: string, place: Place, message: string) => void;

export interface Place {
  readonly index: number;
  readonly line: number;
  readonly offset: number;
}

export interface Watcher {
  read?(reading: Reading): void;
  end?(ending: StreamEnding): void;
}

/** What is known only when the input is over. */
export interface StreamEnding {
  readonly tally: Readonly<Tally>;
  readonly framing: string | null;
  readonly http: HttpHead | null;
  /** False where the body is no stream at all: a page, a document, nothing. */
  readonly isStream: boolean;
  /** It was not the stream that ended: reading was stopped, or the network failed. */
  readonly stopped: boolean;
}
