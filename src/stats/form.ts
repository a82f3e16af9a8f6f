// The forms in which streams are counted, and the keys that some of them do not have.
import type { Count } from "../model/numbers.ts";

/** A record of `check --reporter json` or `ndjson`, a row, or a report, which every stream that is read has. */
export type Form = "record" | "row" | "report";

/** A key of `--by` that output written earlier does not have. */
export interface MissingKey {
  readonly key: string;
  /** How many streams are known only from such output. */
  readonly streams: Count;
  /** Whether rows have the key; reports and captures have all keys. */
  readonly isInRows: boolean;
}

/** Adds up the streams of both. */
export function addMissing(some: readonly MissingKey[], more: readonly MissingKey[]): readonly MissingKey[] {
  const sums = new Map(some.map((each) => [each.key, each]));
  for (const each of more) sums.set(each.key, { ...each, streams: each.streams + (sums.get(each.key)?.streams ?? 0) });
  return [...sums.values()];
}
