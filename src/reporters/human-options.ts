// The user's choices for `--reporter human`.

export const groupings = [
  { name: "rule", title: "streams that fail for the same reason" },
  { name: "source", title: "a block for each stream, as it is checked" },
  { name: "verdict", title: "streams that ended in the same way" },
  { name: "model", title: "streams of the same model" },
] as const;
export type Grouping = (typeof groupings)[number]["name"];

export interface HumanOptions {
  /** Null: by source, or by rule if more than ten streams fail. */
  readonly groupBy: Grouping | null;
  /** Also show streams that pass with warnings. */
  readonly showsWarnings: boolean;
  /** Quote the payload of each finding. */
  readonly hasExcerpts: boolean;
  /** Print something even if all is well: a CI keeps the log, but its readers do not see the exit code. */
  readonly isCi: boolean;
}

/** For callers without choices: streams are shown one by one, as they end. */
export const EACH_STREAM: HumanOptions = { groupBy: "source", showsWarnings: true, hasExcerpts: false, isCi: false };
