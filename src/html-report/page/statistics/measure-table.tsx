// One measure of every group: quantiles and a histogram.
import { useMemo } from "preact/hooks";
import type { Measure, MeasureName } from "../../../stats/measures.ts";
import {
  type GroupStatistics,
  measuredOnes,
  type MeasureStatistics,
  type Statistics,
} from "../../../stats/statistics.ts";
import { formatMeasure } from "../../../stats/show/sections.ts";
import { formatCount } from "../../../wording/counts.ts";
import { GroupName, keyOfGroup } from "./group-name.tsx";
import { knownGroups } from "./known-groups.ts";
import { Histogram, Scale } from "./histogram.tsx";
import { SortableTable, type TableColumn } from "./sortable-table.tsx";

const N_HINT = "number of values";
const QUANTILES = ["p50", "p90", "p95", "p99", "max"] as const;

/** A short explanation of each measure. */
export const EXPLAINED: Readonly<Record<MeasureName, string>> = {
  firstToken: "from the request to the first token",
  longestGap: "between two chunks with events, in each response",
  silenceAtEnd: "from the last event of each stream to its end",
  total: "from the request to the last event of the response",
  tokensPerSecond: "output tokens, from the first token to the last",
};

interface MeasureTableProps {
  readonly statistics: Statistics;
  readonly measure: Measure;
  readonly groups: readonly GroupStatistics[];
  readonly isPrinting: boolean;
}

export function MeasureTable({ statistics, measure, groups, isPrinting }: MeasureTableProps) {
  const { all } = statistics;
  const { name, unit, title } = measure;
  const { histogram } = all.measures[name];
  const known = useMemo(
    () => knownGroups(groups, ({ measures }) => measures[name].count > 0, "not measured"),
    [groups, name],
  );
  const columns: readonly TableColumn<GroupStatistics>[] = [
    {
      title: statistics.by.length === 0 ? "group" : statistics.by.join(" · "),
      className: "name",
      sortedBy: keyOfGroup,
      cell: (group) => <GroupName group={group} isAll={group === all} />,
    },
    {
      title: "n",
      hint: N_HINT,
      isNumber: true,
      sortedBy: ({ measures }) => measures[name].count,
      cell: ({ measures }) => <span class="soft">{formatCount(measures[name].count)}</span>,
    },
    ...QUANTILES.map((quantile): TableColumn<GroupStatistics> => ({
      title: quantile,
      isNumber: true,
      className: quantile === "p50" || quantile === "p95" ? "strong" : "",
      sortedBy: ({ measures }) => measures[name][quantile],
      cell: ({ measures }) => <Value measured={measures[name]} quantile={quantile} unit={unit} />,
    })),
    {
      title: "spread",
      hint: "logarithmic scale, the same for all groups; the lines are the median and p95",
      className: "spread",
      scale: histogram !== null && <Scale histogram={histogram} unit={unit} />,
      cell: ({ measures }) => <Histogram measured={measures[name]} unit={unit} />,
    },
  ];
  return (
    <SortableTable
      label={title}
      columns={columns}
      {...known}
      total={statistics.groups.length > 1 ? all : null}
      keyOf={keyOfGroup}
      isPrinting={isPrinting}
    />
  );
}

type Measured = ReturnType<typeof measuredOnes>[number];

/** All measures of one group in one table; each has its own scale. */
export function MeasuresOfOne({ statistics, isPrinting }: Pick<MeasureTableProps, "statistics" | "isPrinting">) {
  const { measures } = statistics.all;
  const columns: readonly TableColumn<Measured>[] = [
    {
      title: "measure",
      className: "name measure",
      cell: ({ name, title }) => (
        <>
          <span class="line first">{title}</span>
          <span class="line soft explained">{EXPLAINED[name]}</span>
        </>
      ),
    },
    {
      title: "n",
      hint: N_HINT,
      isNumber: true,
      cell: ({ name }) => <span class="soft">{formatCount(measures[name].count)}</span>,
    },
    ...QUANTILES.map((quantile): TableColumn<Measured> => ({
      title: quantile,
      isNumber: true,
      className: quantile === "p50" || quantile === "p95" ? "strong" : "",
      cell: ({ name, unit }) => <Value measured={measures[name]} quantile={quantile} unit={unit} />,
    })),
    {
      title: "spread",
      hint: "logarithmic scale; the lines are the median and p95",
      className: "spread",
      cell: ({ name, unit }) => {
        const { histogram } = measures[name];
        return (
          <>
            <Histogram measured={measures[name]} unit={unit} />
            {histogram !== null && <Scale histogram={histogram} unit={unit} />}
          </>
        );
      },
    },
  ];
  return (
    <SortableTable
      label="Times"
      columns={columns}
      rows={measuredOnes(statistics)}
      keyOf={({ name }) => name}
      isPrinting={isPrinting}
    />
  );
}

interface ValueProps {
  readonly measured: MeasureStatistics;
  readonly quantile: (typeof QUANTILES)[number];
  readonly unit: Measure["unit"];
}

/** A quantile of a sketch is marked; the maximum is always exact. */
function Value({ measured, quantile, unit }: ValueProps) {
  const value = measured[quantile];
  if (value === null) return <span class="unknown">{quantile === "p50" ? "not measured" : "–"}</span>;
  const isNear = !measured.exact && quantile !== "max";
  return (
    <>
      {isNear && <span class="near">≈</span>}
      {formatMeasure(value, unit)}
    </>
  );
}
