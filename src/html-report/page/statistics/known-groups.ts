// Groups of which a table knows something, before those of which it does not.
import type { GroupStatistics } from "../../../stats/statistics.ts";
import { formatCount } from "../../../wording/counts.ts";

/** So many groups without values are shown as rows; more are counted. */
const MOST_UNKNOWN = 3;

export interface KnownGroups {
  readonly rows: readonly GroupStatistics[];
  /** `not measured: 22 of 26 groups`; null if all are rows. */
  readonly note: string | null;
}

/** `unknown`: what is said of groups that are not known, such as `not measured`. */
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
