// The statistics of many streams: totals, differences from earlier sources, and tables by group.
import { useMemo, useState } from "preact/hooks";
import { type GroupStatistics, measuredOnes, reportedTokens, type Statistics } from "../../../stats/statistics.ts";
import { notesOf } from "../../../stats/show/describe.ts";
import { formatMeasure, formatShare, nameOfGroup } from "../../../stats/show/sections.ts";
import { visibleLine } from "../../../terminal/visible.ts";
import { countOf, formatCount } from "../../../wording/counts.ts";
import type { Meaning } from "../../data.ts";
import { Comparison } from "./comparison.tsx";
import { EXPLAINED, MeasuresOfOne, MeasureTable } from "./measure-table.tsx";
import { Outcomes } from "./outcomes.tsx";
import { RuleTable } from "./rule-table.tsx";
import { TokenTable } from "./token-table.tsx";

interface StatisticsViewProps {
  readonly statistics: Statistics;
  readonly meanings: Readonly<Record<string, Meaning>>;
  readonly isPrinting: boolean;
}

/** With fewer groups, all are visible, so there is no search. */
const FEWEST_SEARCHED = 8;

export function StatisticsView({ statistics, meanings, isPrinting }: StatisticsViewProps) {
  const { all, groups, by, against } = statistics;
  const [search, setSearch] = useState("");
  const shown = useMemo(() => searched(groups, search), [groups, search]);
  const measures = measuredOnes(statistics);
  const tables = { statistics, groups: shown, isPrinting };
  return (
    <article class="stream statistics">
      <header class="stream-head">
        <h2>
          {countOf(all.count, all.count === all.responses ? "response" : "result")}
          {groups.length > 1 && (
            <span class="soft">
              {" "}
              in {formatCount(groups.length)} groups by {visibleLine(by.join(", "))}
            </span>
          )}
        </h2>
      </header>
      <Figures statistics={statistics} />
      {against !== undefined && <Comparison comparison={against} by={by} isPrinting={isPrinting} />}
      {groups.length >= FEWEST_SEARCHED && (
        <div class="groups-search" data-zone="groups">
          <input
            type="search"
            placeholder="Search groups"
            aria-label="Search groups"
            title="/"
            value={search}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
          <span class="soft" aria-live="polite">
            {search !== "" && `${formatCount(shown.length)} of ${formatCount(groups.length)}`}
          </span>
        </div>
      )}
      {all.count > 0 && (
        <section>
          <h3>Verdicts</h3>
          <Outcomes {...tables} meanings={meanings} />
        </section>
      )}
      {groups.length <= 1 && measures.length > 0 && (
        <section>
          <h3>Times</h3>
          <MeasuresOfOne statistics={statistics} isPrinting={isPrinting} />
        </section>
      )}
      {groups.length > 1 &&
        measures.map((measure) => (
          <section key={measure.name}>
            <h3>
              {titleOf(measure.title)} <span class="soft">{EXPLAINED[measure.name]}</span>
            </h3>
            <MeasureTable {...tables} measure={measure} />
          </section>
        ))}
      {reportedTokens(statistics).length > 0 && (
        <section>
          <h3>Tokens</h3>
          <TokenTable {...tables} />
        </section>
      )}
      {all.rules.length > 0 && (
        <section>
          <h3>
            Findings <span class="soft">of all groups</span>
          </h3>
          <RuleTable statistics={statistics} meanings={meanings} isPrinting={isPrinting} />
        </section>
      )}
      <ul class="notes">
        {notesOf(statistics, "all").map((note) => (
          <li key={note}>{visibleLine(note)}</li>
        ))}
        {hasNear(statistics) && (
          <li>≈ marks quantiles of a sketch; all others, and every minimum and maximum, are exact</li>
        )}
      </ul>
    </article>
  );
}

function titleOf(title: string): string {
  return title.slice(0, 1).toUpperCase() + title.slice(1);
}

function hasNear({ all, groups }: Statistics): boolean {
  return [all, ...groups].some(({ measures }) => Object.values(measures).some(({ exact }) => !exact));
}

/** The groups whose name contains all words. */
function searched(groups: readonly GroupStatistics[], search: string): readonly GroupStatistics[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return groups;
  return groups.filter((group) => {
    const name = nameOfGroup(group).toLowerCase();
    return words.every((word) => name.includes(word));
  });
}

/** The most important numbers of all responses. */
function Figures({ statistics }: { readonly statistics: Statistics }) {
  const { all } = statistics;
  const tokens = all.tokens.total.sum ?? all.tokens.output.sum;
  return (
    <dl class="facts figures">
      <div>
        <dt>failed, by verdict</dt>
        <dd class={all.failed > 0 ? "bad" : "good"}>
          {formatShare(all.failed, all.count)}{" "}
          <span class="soft">
            {formatCount(all.failed)} of {formatCount(all.count)}
          </span>
        </dd>
      </div>
      {measuredOnes(statistics).map(({ name, title, unit, worse }) => {
        const { p50, p95, p99 } = all.measures[name];
        return (
          <div key={name}>
            <dt>{title}</dt>
            <dd>
              {formatMeasure(p50, unit)}{" "}
              {worse === "more" && <span class="soft">p95 {formatMeasure(p95 ?? p99, unit)}</span>}
              {worse === "less" && <span class="soft">median</span>}
            </dd>
          </div>
        );
      })}
      <div>
        <dt>tokens</dt>
        <dd>{tokens === null ? <span class="unknown">not reported</span> : formatCount(tokens)}</dd>
      </div>
    </dl>
  );
}
