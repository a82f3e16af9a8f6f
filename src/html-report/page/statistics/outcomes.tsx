// How the responses of each group ended, and the findings of their streams.
import type { GroupStatistics, Statistics } from "../../../stats/statistics.ts";
import { formatShare } from "../../../stats/show/sections.ts";
import { verdictTable } from "../../../model/verdict.ts";
import type { Tone } from "../../../model/verdict.ts";
import { visibleLine } from "../../../terminal/visible.ts";
import { formatCount } from "../../../wording/counts.ts";
import type { Meaning } from "../../data.ts";
import { GroupName, keyOfGroup } from "./group-name.tsx";
import { SortableTable, type TableColumn } from "./sortable-table.tsx";

interface OutcomesProps {
  readonly statistics: Statistics;
  readonly groups: readonly GroupStatistics[];
  readonly meanings: Readonly<Record<string, Meaning>>;
  readonly isPrinting: boolean;
}

/** Rules named in a row; the others are counted. */
const MOST_NAMED = 2;

export function Outcomes({ statistics, groups, meanings, isPrinting }: OutcomesProps) {
  const { all, by } = statistics;
  const columns: readonly TableColumn<GroupStatistics>[] = [
    {
      title: by.length === 0 ? "group" : by.join(" · "),
      className: "name",
      sortedBy: keyOfGroup,
      cell: (group) => <GroupName group={group} isAll={group === all} />,
    },
    { title: "count", isNumber: true, sortedBy: ({ count }) => count, cell: ({ count }) => formatCount(count) },
    {
      title: "failed",
      hint: "failed, truncated, transport-error, not-a-stream and unreadable",
      isNumber: true,
      sortedBy: ({ failedShare }) => failedShare,
      cell: ({ failed, count }) => (
        <span class={failed > 0 ? "bad strong" : "soft"} title={`${formatCount(failed)} of ${formatCount(count)}`}>
          {formatShare(failed, count)}
        </span>
      ),
    },
    { title: "verdicts", className: "verdicts", cell: (group) => <Verdicts group={group} meanings={meanings} /> },
    {
      title: "findings",
      hint: "rules with findings, and how many responses have them",
      className: "rules",
      isLargestFirst: true,
      sortedBy: ({ rules, count }) => (rules[0]?.count ?? 0) / Math.max(count, 1),
      cell: ({ rules }) => <Rules rules={rules} meanings={meanings} />,
    },
  ];
  return (
    <SortableTable
      label="Verdicts"
      columns={columns}
      rows={groups}
      total={statistics.groups.length > 1 ? all : null}
      keyOf={keyOfGroup}
      isPrinting={isPrinting}
    />
  );
}

type Meanings = OutcomesProps["meanings"];

function Verdicts({ group, meanings }: { readonly group: GroupStatistics; readonly meanings: Meanings }) {
  return (
    <>
      <span class="shares" aria-hidden="true">
        {group.verdicts.map(({ verdict, count }) => (
          <span key={verdict} class={`share ${toneOfVerdict(verdict)}`} style={{ flexGrow: String(count) }} />
        ))}
      </span>
      <span class="counted">
        {group.verdicts.map(({ verdict, count }) => (
          <span key={verdict} title={meanings[verdict]?.meaning ?? ""}>
            <span class={toneOfVerdict(verdict)}>{visibleLine(verdict)}</span> {formatCount(count)}
          </span>
        ))}
      </span>
    </>
  );
}

function Rules({ rules, meanings }: { readonly rules: GroupStatistics["rules"]; readonly meanings: Meanings }) {
  if (rules.length === 0) return <span class="soft">none</span>;
  const left = rules.slice(MOST_NAMED);
  return (
    <span class="counted">
      {rules.slice(0, MOST_NAMED).map(({ rule, count }) => (
        <span key={rule} title={meanings[rule]?.meaning ?? ""}>
          {visibleLine(rule)} <span class="soft">{formatCount(count)}</span>
        </span>
      ))}
      {left.length > 0 && (
        <span
          class="soft"
          title={left.map(({ rule, count }) => `${visibleLine(rule)} ${formatCount(count)}`).join(", ")}
        >
          +{formatCount(left.length)}
        </span>
      )}
    </span>
  );
}

/** Rows written by others may have any verdict. */
export function toneOfVerdict(verdict: string): Tone {
  return Object.entries(verdictTable).find(([name]) => name === verdict)?.[1].tone ?? "bad";
}
