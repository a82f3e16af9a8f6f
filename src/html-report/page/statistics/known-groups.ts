// Splits groups into those with values in a table, which come first, and those without.
import type { GroupStatistics } from "../../../stats/statistics.ts";
import { formatCount } from "../../../wording/counts.ts";

/** Maximum number of groups without values that are shown as rows; more are only counted. */
const MOST_UNKNOWN = 3;

export interface KnownGroups {
  readonly rows: readonly GroupStatistics[];
  /** `not measured: 22 of 26 groups`; null if all are rows. */
  readonly note: string | null;
}

/** `unknown`: the words for groups without values, such as `not measured`. */
export function knownGroups(
  groups: readonly GroupStatistics[],
  isKnown: (group: GroupStatistics) => boolean,
  unknown: string,
): KnownGroups {
  const known = groups.filter(isKnown);
  const others = groups.filter((group) => !isKnown(group));
  if (others.length <= MOST_UNKNOWN) return { rows: [...known, ...others], note: null };
  return { rows: known, note: `${unknown}: ${formatCount(others.length)} of ${formatCount(groups.length)} groups` };
}
