// The name of a group: its values, the first one stronger than the others.
import type { GroupStatistics } from "../../../stats/statistics.ts";
import { nameOfGroup } from "../../../stats/show/sections.ts";
import { visibleLine } from "../../../terminal/visible.ts";
import { Shortened } from "../shortened.tsx";

interface GroupNameProps {
  readonly group: Pick<GroupStatistics, "values" | "isRest">;
  /** Whether the row is the one with all groups. */
  readonly isAll?: boolean;
}

export function GroupName({ group, isAll = false }: GroupNameProps) {
  const { values, isRest } = group;
  if (isAll) return <span class="group-name">all</span>;
  const name = visibleLine(nameOfGroup(group));
  if (isRest || values.length === 0) return <span class="group-name soft">{name}</span>;
  return (
    <span class="group-name" title={name}>
      {values.map((value, index) => (
        <span key={index} class={value === null ? "unknown" : index === 0 ? "first" : "soft"}>
          <Shortened text={value ?? "(unknown)"} tail={TAIL} />
        </span>
      ))}
    </span>
  );
}

/** The ends of names differ: dates, sizes. */
const TAIL = 12;

/** A key that identifies a group, and by which groups are sorted. */
export function keyOfGroup(group: Pick<GroupStatistics, "values" | "isRest">): string {
  return group.isRest ? "\uffff" : group.values.map((value) => value ?? "\ufffe").join("\n");
}
