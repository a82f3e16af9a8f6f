// Takes rows, gives groups.
import type { Report } from "../model/report.ts";
import type { Row } from "../rows/columns.ts";
import { addRow, createGroup, type Group, mergeGroup } from "./group.ts";
import type { GroupKey } from "./group-key.ts";
import { MOST_GROUPS } from "./limits.ts";

export interface Collection {
  readonly keys: readonly GroupKey[];
  /** `report`: null if only rows are left of it. */
  add(rows: readonly Row[], report: Report | null): void;
  /** Adds another collection with the same keys. */
  merge(other: Collection): void;
  /** In order of appearance; the rest last. */
  groups(): readonly Group[];
  /** All responses together. */
  readonly all: Group;
  /** Whether no row is of anything but sources that could not be read or had no bytes. */
  readonly isEmpty: boolean;
}

export function createCollection(keys: readonly GroupKey[], mostGroups = MOST_GROUPS): Collection {
  const groups = new Map<string, Group>();
  const all = createGroup([], false);
  let rest: Group | null = null;
  let withContent = 0;

  function groupOf(values: readonly (string | null)[]): Group {
    const name = JSON.stringify(values);
    const known = groups.get(name);
    if (known !== undefined) return known;
    if (groups.size >= mostGroups) {
      return (rest ??= createGroup(
        keys.map(() => null),
        true,
      ));
    }
    const group = createGroup(values, false);
    groups.set(name, group);
    return group;
  }

  return {
    keys,
    add(rows, report) {
      for (const row of rows) {
        addRow(all, row);
        addRow(groupOf(keys.map(({ read }) => read(row, report))), row);
        if (hasContent(row)) withContent += 1;
      }
    },
    merge(other) {
      mergeGroup(all, other.all);
      for (const group of other.groups()) {
        const own = group.isRest
          ? (rest ??= createGroup(
              keys.map(() => null),
              true,
            ))
          : groupOf(group.values);
        mergeGroup(own, group);
      }
      if (!other.isEmpty) withContent += 1;
    },
    groups: () => [...groups.values(), ...(rest === null ? [] : [rest])],
    all,
    get isEmpty() {
      return withContent === 0;
    },
  };
}

/** False for an unreadable source and an empty file. An HTTP response without a body is a result. */
function hasContent({ verdict, bytes, http_status: httpStatus }: Row): boolean {
  if (verdict === "unreadable") return false;
  return verdict !== "not-a-stream" || bytes !== 0 || httpStatus !== null;
}
