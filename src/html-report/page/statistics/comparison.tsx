// The differences from the earlier sources, and whether they exceed the noise.
import { useMemo, useState } from "preact/hooks";
import type { GroupComparison, GroupDifference, Judgement } from "../../../stats/differences.ts";
import { FEWEST } from "../../../stats/limits.ts";
import { comparisonNotes } from "../../../stats/show/comparison-notes.ts";
import {
  type Change,
  changesOf,
  describeComparison,
  effectOf,
  formatP,
  whatOf,
} from "../../../stats/show/differences.ts";
import { visibleLine } from "../../../terminal/visible.ts";
import { formatCount } from "../../../wording/counts.ts";
import { MARKS } from "../../../wording/marks.ts";
import { GroupName, keyOfGroup } from "./group-name.tsx";
import { SortableTable, type TableColumn } from "./sortable-table.tsx";

interface ComparisonProps {
  readonly comparison: GroupComparison;
  readonly by: readonly string[];
  readonly isPrinting: boolean;
}

export function Comparison({ comparison, by, isPrinting }: ComparisonProps) {
  const { differences, worse, better, tests, nothingCompared } = comparison;
  const [isOpen, setOpen] = useState(false);
  const found = differences.filter(({ judgement }) => judgement === "worse" || judgement === "better");
  const tone = worse > 0 ? "bad" : nothingCompared === null ? "good" : "warning";
  const columns = useMemo(() => columnsOf(by), [by]);
  const tables = { columns, isPrinting };
  const mark = better > 0 && worse === 0 ? MARKS.good : MARKS[tone];
  return (
    <section class="comparison">
      <h3>Before and after</h3>
      <p class={`verdict-line ${tone}`}>
        <span aria-hidden="true">{mark}</span> {visibleLine(describeComparison(comparison))}
      </p>
      {found.length > 0 && <Differences label="Significant differences" rows={found} {...tables} />}
      <ul class="notes">
        {comparisonNotes(comparison).map((note) => (
          <li key={note}>{visibleLine(note)}</li>
        ))}
      </ul>
      {differences.length > found.length && (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>
            {differences.length === 1 ? "The comparison" : `All ${formatCount(differences.length)} comparisons`}
            {differences.length > tests && <span class="soft">, {formatCount(tests)} tested</span>}
          </summary>
          {isOpen && <Differences label="All comparisons" rows={differences} {...tables} />}
        </details>
      )}
    </section>
  );
}

const WORDS: Readonly<Record<Judgement, { readonly text: string; readonly tone: string; readonly hint: string }>> = {
  worse: { text: `${MARKS.bad} worse`, tone: "bad", hint: "significant, and large enough to matter" },
  better: { text: `${MARKS.good} better`, tone: "good", hint: "significant, and large enough to matter" },
  negligible: { text: "negligible", tone: "soft", hint: "significant, but too small to matter" },
  "not-significant": { text: "noise", tone: "soft", hint: "not significant: it may be noise" },
  "too-few": { text: "too few values", tone: "soft", hint: `a test needs at least ${FEWEST} values on each side` },
};

/** Not a judgement of its own: nothing happened on either side. */
const NO_FAILURES = { text: "no failures", tone: "soft", hint: "no failures on either side: nothing to test" } as const;

const TESTS: Readonly<Record<GroupDifference["test"], string>> = {
  "mann-whitney-u": "Mann-Whitney U",
  "fisher-exact": "Fisher’s exact",
};

function columnsOf(by: readonly string[]): readonly TableColumn<GroupDifference>[] {
  return [
    {
      title: by.length === 0 ? "group" : by.join(" · "),
      className: "name",
      sortedBy: ({ values }) => keyOfGroup({ values, isRest: false }),
      cell: ({ values }) =>
        values.length === 0 ? (
          <GroupName group={{ values, isRest: false }} isAll />
        ) : (
          <GroupName group={{ values, isRest: false }} />
        ),
    },
    {
      title: "result",
      className: "result",
      sortedBy: ({ judgement }) => Object.keys(WORDS).indexOf(judgement),
      cell: ({ judgement, p }) => {
        const { text, tone, hint } = p === null && judgement === "not-significant" ? NO_FAILURES : WORDS[judgement];
        return (
          <span class={`judgement ${tone}`} title={hint}>
            {text}
          </span>
        );
      },
    },
    {
      title: "what",
      className: "what",
      sortedBy: whatOf,
      cell: (difference) => visibleLine(whatOf(difference)),
    },
    {
      title: "before",
      isNumber: true,
      className: "before",
      cell: (difference) => <Numbers changes={changesOf(difference)} side="before" />,
    },
    {
      title: "after",
      isNumber: true,
      className: "after strong",
      cell: (difference) => <Numbers changes={changesOf(difference)} side="after" />,
    },
    {
      title: "change",
      className: "change",
      cell: (difference) => <ChangeBars changes={changesOf(difference)} tone={WORDS[difference.judgement].tone} />,
    },
    {
      title: "effect",
      className: "effect",
      hint: "for times: how often a later value is larger than an earlier one; 50 % is no difference",
      cell: (difference) => {
        const [first] = changesOf(difference);
        return (
          <>
            {first !== undefined && first.growth !== "" && <span class="line">{first.growth}</span>}
            <span class="line soft">{effectOf(difference) ?? pointsOf(difference)}</span>
          </>
        );
      },
    },
    {
      title: "p",
      hint: "corrected for the number of tests (Holm)",
      className: "p",
      sortedBy: ({ p }) => p,
      cell: ({ p, test }) =>
        p === null ? (
          <span class="soft">not tested</span>
        ) : (
          <>
            <span class="line">{formatP(p)}</span>
            <span class="line soft">{TESTS[test]}</span>
          </>
        ),
    },
  ];
}

interface DifferencesProps {
  readonly label: string;
  readonly columns: readonly TableColumn<GroupDifference>[];
  readonly rows: readonly GroupDifference[];
  readonly isPrinting: boolean;
}

function Differences(props: DifferencesProps) {
  return <SortableTable {...props} keyOf={keyOf} />;
}

function keyOf(difference: GroupDifference): string {
  const { type, values } = difference;
  return JSON.stringify([type, values, type === "share" ? difference.rule : difference.measure]);
}

interface NumbersProps {
  readonly changes: readonly Change[];
  readonly side: "before" | "after";
}

function Numbers({ changes, side }: NumbersProps) {
  return (
    <>
      {changes.map((change, index) => (
        <span key={index} class={index === 0 ? "line" : "line soft"}>
          {change.name !== null && <span class="soft">{change.name} </span>}
          {change[side].text}
        </span>
      ))}
    </>
  );
}

const PERCENT = 100;

/** Both numbers as bars on one scale. */
function ChangeBars({ changes, tone }: { readonly changes: readonly Change[]; readonly tone: string }) {
  const [change] = changes;
  if (change === undefined || change.before.value === null || change.after.value === null) return null;
  const most = Math.max(change.before.value, change.after.value);
  if (most === 0) return null;
  return (
    <span class="change-bars" aria-hidden="true">
      {[change.before.value, change.after.value].map((value, index) => (
        <span key={index} class={index === 0 ? "" : tone} style={{ width: `${(value / most) * PERCENT}%` }} />
      ))}
    </span>
  );
}

/** `+12 points`: how a share changed. */
function pointsOf(difference: GroupDifference): string {
  if (difference.type === "values") return "";
  const { before, after } = difference;
  if (before.of === 0 || after.of === 0) return "";
  const points = (after.count / after.of - before.count / before.of) * PERCENT;
  const size = Math.abs(points) < 10 ? Number(Math.abs(points).toFixed(1)) : Math.round(Math.abs(points));
  return `${points < 0 ? "−" : "+"}${size} points`;
}
