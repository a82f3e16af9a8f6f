// What a person chose for `--reporter human`.

export const groupings = [
  { name: "rule", title: "streams that fail for the same reason" },
  { name: "source", title: "a block for each stream, as it is checked" },
  { name: "verdict", title: "streams that ended in the same way" },
  { name: "model", title: "streams of the same model" },
] as const;
export type Grouping = (typeof groupings)[number]["name"];

export interface HumanOptions {
  /** Null: by source, and above ten failing streams by rule. */
  readonly groupBy: Grouping | null;
  /** Streams that pass are shown if they have warnings. */
  readonly showsWarnings: boolean;
  /** The payload that a finding is about is quoted. */
  readonly hasExcerpts: boolean;
  /** Something is said if all is well: a CI keeps the log, and nobody is there to see the exit code. */
  readonly isCi: boolean;
}

/** Where nothing can be chosen: streams are shown one by one, as they end. */
export const EACH_STREAM: HumanOptions = { groupBy: "source", showsWarnings: true, hasExcerpts: false, isCi: false };
