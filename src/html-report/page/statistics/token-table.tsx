// The reported tokens of every group.
import { useMemo } from "preact/hooks";
import type { GroupStatistics, Statistics } from "../../../stats/statistics.ts";
import { reportedTokens } from "../../../stats/statistics.ts";
import { formatCount } from "../../../wording/counts.ts";
import { knownGroups } from "./known-groups.ts";
import { GroupName, keyOfGroup } from "./group-name.tsx";
import { SortableTable, type TableColumn } from "./sortable-table.tsx";

interface TokenTableProps {
  readonly statistics: Statistics;
  readonly groups: readonly GroupStatistics[];
  readonly isPrinting: boolean;
}

export function TokenTable({ statistics, groups, isPrinting }: TokenTableProps) {
  const { all, by } = statistics;
  const kinds = reportedTokens(statistics);
  const reportedOf = ({ tokens }: GroupStatistics): number =>
    Math.max(...kinds.map(({ name }) => tokens[name].reported));
  const known = useMemo(() => knownGroups(groups, (group) => reportedOf(group) > 0, "not reported"), [groups]);
  const columns: readonly TableColumn<GroupStatistics>[] = [
    {
      title: by.length === 0 ? "group" : by.join(" · "),
      className: "name",
      sortedBy: keyOfGroup,
      cell: (group) => <GroupName group={group} isAll={group === all} />,
    },
    {
      title: "reported by",
      hint: "how many responses reported tokens",
      isNumber: true,
      sortedBy: reportedOf,
      cell: (group) => (
        <span class="soft">
          {formatCount(reportedOf(group))} of {formatCount(group.count)}
        </span>
      ),
    },
    ...kinds.map(({ name, title }): TableColumn<GroupStatistics> => ({
      title,
      isNumber: true,
      sortedBy: ({ tokens }) => tokens[name].sum,
      cell: ({ tokens }) => {
        const { sum } = tokens[name];
        return sum === null ? <span class="unknown">not reported</span> : formatCount(sum);
      },
    })),
  ];
  return (
    <SortableTable
      label="Tokens"
      columns={columns}
      {...known}
      total={statistics.groups.length > 1 ? all : null}
      keyOf={keyOfGroup}
      isPrinting={isPrinting}
    />
  );
}
