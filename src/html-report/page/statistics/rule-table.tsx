// The rules with findings: how often they occur, and the group with the largest share.
import type { RuleCount, Statistics } from "../../../stats/statistics.ts";
import { formatShare, groupWithMost, nameOfGroup } from "../../../stats/show/sections.ts";
import { visibleLine } from "../../../terminal/visible.ts";
import { formatCount } from "../../../wording/counts.ts";
import type { Meaning } from "../../data.ts";
import { SortableTable, type TableColumn } from "./sortable-table.tsx";

interface RuleTableProps {
  readonly statistics: Statistics;
  readonly meanings: Readonly<Record<string, Meaning>>;
  readonly isPrinting: boolean;
}

const PERCENT = 100;

export function RuleTable({ statistics, meanings, isPrinting }: RuleTableProps) {
  const { all, groups } = statistics;
  const columns: readonly TableColumn<RuleCount>[] = [
    {
      title: "rule",
      className: "name",
      sortedBy: ({ rule }) => rule,
      cell: ({ rule }) => <code>{visibleLine(rule)}</code>,
    },
    { title: "count", isNumber: true, sortedBy: ({ count }) => count, cell: ({ count }) => formatCount(count) },
    {
      title: "share",
      isNumber: true,
      className: "strong",
      sortedBy: ({ count }) => count,
      cell: ({ count }) => formatShare(count, all.count),
    },
    {
      title: "",
      className: "meter-cell",
      cell: ({ count }) => (
        <span class="meter" aria-hidden="true">
          <span style={{ width: `${(count / Math.max(all.count, 1)) * PERCENT}%` }} />
        </span>
      ),
    },
    ...(groups.length > 1
      ? [
          {
            title: "most in",
            className: "most",
            cell: ({ rule }: RuleCount) => {
              const most = groupWithMost(rule, groups);
              return (
                most !== null && (
                  <>
                    <span>{visibleLine(nameOfGroup(most.group))}</span>{" "}
                    <span class="soft">
                      {formatShare(most.count, most.group.count)} ({formatCount(most.count)} of{" "}
                      {formatCount(most.group.count)})
                    </span>
                  </>
                )
              );
            },
          },
        ]
      : []),
    {
      title: "meaning",
      className: "meaning-cell",
      cell: ({ rule }) => <span class="soft">{meanings[rule]?.meaning ?? ""}</span>,
    },
  ];
  return (
    <SortableTable
      label="Findings"
      columns={columns}
      rows={all.rules}
      keyOf={({ rule }) => rule}
      isPrinting={isPrinting}
    />
  );
}
