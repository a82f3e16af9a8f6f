// The page of statistics alone, as `stats --format html` writes it.
import { useEffect } from "preact/hooks";
import { describeWhole } from "../../../stats/show/describe.ts";
import { MARKS } from "../../../wording/marks.ts";
import type { StatisticsPart } from "../../data.ts";
import { Brand } from "../brand.tsx";
import { toggleTheme } from "../theme.ts";
import { ThemeButton } from "../theme-button.tsx";
import { StatisticsView } from "./statistics-view.tsx";
import { toneOfVerdict } from "./outcomes.tsx";

interface StatisticsPageProps extends StatisticsPart {
  readonly isPrinting: boolean;
}

export function StatisticsPage({ statistics, meanings, isPrinting }: StatisticsPageProps) {
  const { all, against } = statistics;
  const tone = all.failed > 0 || (against?.worse ?? 0) > 0 ? "bad" : "good";
  useEffect(() => {
    document.title = `${MARKS[tone]} ssescope stats: ${describeWhole(statistics)}`;
    const press = (event: KeyboardEvent): void => {
      const { target, key } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return;
      if (target.matches("input, select, textarea")) return;
      if (key === "t") toggleTheme();
      else if (key === "/") {
        const search = document.querySelector<HTMLInputElement>('[data-zone="groups"] input');
        if (search === null) return;
        event.preventDefault();
        search.focus();
      }
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return (
    <div class="page single">
      <header class="top">
        <Brand part="statistics" />
        <p class="total">
          <span class="soft">{describeWhole(statistics)}</span>
        </p>
        <div class="proportions" aria-hidden="true">
          {all.verdicts.map(({ verdict, count }) => (
            <span key={verdict} class={OUTCOMES[toneOfVerdict(verdict)]} style={{ flexGrow: String(count) }} />
          ))}
        </div>
        <div class="tools">
          <ThemeButton />
        </div>
      </header>
      <main class="main" id="main" aria-label="Statistics">
        <div class="stream-scroll of-statistics">
          <StatisticsView statistics={statistics} meanings={meanings} isPrinting={isPrinting} />
        </div>
      </main>
    </div>
  );
}

const OUTCOMES = { bad: "failing", warning: "warnings", good: "passed" } as const;
