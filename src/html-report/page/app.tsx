// The whole page: the result of the run, the list of streams, and the open stream.
import { useEffect, useRef, useState } from "preact/hooks";
import { countOf, formatCount } from "../../wording/counts.ts";
import { MARKS } from "../../wording/marks.ts";
import { countOutcomes, groupStreams, type OutcomeCounts } from "./grouping.ts";
import { Brand } from "./brand.tsx";
import { Help } from "./help.tsx";
import { goTo, usePlace } from "./place.ts";
import type { LoadedReport } from "./report.ts";
import { StatisticsView } from "./statistics/statistics-view.tsx";
import { StreamList } from "./stream-list.tsx";
import { StreamView } from "./stream-view.tsx";
import { toggleTheme } from "./theme.ts";
import { ThemeButton } from "./theme-button.tsx";

interface AppProps {
  readonly report: LoadedReport;
  readonly isPrinting: boolean;
}

export function App({ report, isPrinting }: AppProps) {
  const { streams, run } = report;
  // The view of a single stream says more.
  const statistics = streams.length > 1 ? report.statistics : null;
  const place = usePlace();
  const isStatistics = place.isStatistics === true && statistics !== null;
  const [isHelpOpen, setHelpOpen] = useState(false);
  const open = place.stream === null ? null : (streams[place.stream] ?? null);
  const focusNext = useRef(false);
  const counts = countOutcomes(streams);

  useEffect(() => {
    document.title = `${MARKS[counts.failing === 0 ? "good" : "bad"]} ssescope: ${describe(report)}`;
    // On a wide page there is room for a stream beside the list: open the most important one.
    if (place.stream === null && !isStatistics && matchMedia("(min-width: 900px)").matches) {
      const first = groupStreams(streams, "cause")[0]?.streams[0];
      if (first !== undefined) history.replaceState(null, "", `#/${first.index}`);
      dispatchEvent(new HashChangeEvent("hashchange"));
    }
  }, []);

  useKeys({ toggleHelp: () => setHelpOpen((isOpen) => !isOpen) });

  return (
    <div class="page" data-open={open === null && !isStatistics ? "list" : "stream"}>
      <header class="top">
        <Brand part="report" />
        <p class="total">
          <strong class={counts.failing === 0 ? "good" : "bad"}>
            {counts.failing === 0 ? (
              "All fine"
            ) : (
              <>
                {formatCount(counts.failing)} of {formatCount(streams.length)}
                <span class="wide"> {streams.length === 1 ? "stream" : "streams"}</span> failing
              </>
            )}
          </strong>
          <span class="soft">
            {counts.failing === 0 && ` · ${countOf(streams.length, "stream")}`} · exit {run.exitCode}
          </span>
        </p>
        <Proportions counts={counts} all={streams.length} />
        {statistics !== null && (
          <button
            type="button"
            class="tab"
            aria-pressed={isStatistics}
            onClick={() => goTo({ stream: null, event: null, isStatistics: !isStatistics })}
          >
            Statistics
          </button>
        )}
        <div class="tools">
          <button
            type="button"
            class="icon"
            title="Keys (?)"
            aria-label="Keyboard shortcuts"
            onClick={() => setHelpOpen(true)}
          >
            ?
          </button>
          <ThemeButton />
        </div>
      </header>
      <StreamList
        report={report}
        focusNext={focusNext}
        openIndex={open?.index ?? null}
        isPrinting={isPrinting}
        counts={counts}
      />
      <main class="main" id="main" aria-label={isStatistics ? "Statistics" : "Stream"}>
        {isStatistics ? (
          <div class="stream-scroll of-statistics">
            <button type="button" class="back" onClick={() => goTo({ stream: null, event: null })}>
              ‹ streams
            </button>
            <StatisticsView {...statistics} isPrinting={isPrinting} />
          </div>
        ) : open === null ? (
          <p class="empty">{streams.length === 0 ? "No stream was checked." : "Choose a stream."}</p>
        ) : (
          <StreamView
            key={open.index}
            focusNext={focusNext}
            report={report}
            stream={open}
            event={place.event}
            isPrinting={isPrinting}
          />
        )}
      </main>
      {isHelpOpen && <Help close={() => setHelpOpen(false)} />}
    </div>
  );
}

function describe({ run, streams }: LoadedReport): string {
  return `${countOf(streams.length, "stream")}, exit ${run.exitCode}`;
}

function Proportions({ counts, all }: { readonly counts: OutcomeCounts; readonly all: number }) {
  if (all === 0) return null;
  return (
    <div class="proportions" aria-hidden="true">
      {(["failing", "warnings", "passed"] as const).map(
        (outcome) =>
          counts[outcome] > 0 && <span key={outcome} class={outcome} style={{ flexGrow: String(counts[outcome]) }} />,
      )}
    </div>
  );
}

/** Keys that work everywhere; the lists add their own. */
function useKeys({ toggleHelp }: { readonly toggleHelp: () => void }): void {
  const latest = useRef(toggleHelp);
  latest.current = toggleHelp;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { target, key } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return;
      if (target.matches("input, select, textarea")) return;
      if (key === "/") {
        event.preventDefault();
        const zone = target.closest("[data-zone]") ?? document.querySelector('[data-zone="streams"]');
        zone?.querySelector<HTMLInputElement>('input[type="search"]')?.focus();
      } else if (key === "?") latest.current();
      else if (key === "t") toggleTheme();
      else if ((key === "j" || key === "k") && target.closest('[role="listbox"]') === null) {
        event.preventDefault();
        document.querySelector<HTMLElement>('[data-zone="streams"] [role="listbox"]')?.focus();
      } else if (key === "n" || key === "p") {
        // The list of events finds the next one, so forward the key to it.
        const events = document.querySelector<HTMLElement>('.events [role="listbox"]');
        if (events === null || events.contains(target)) return;
        event.preventDefault();
        events.focus({ preventScroll: true });
        events.dispatchEvent(new KeyboardEvent("keydown", { key }));
      } else if (key === "Escape" && target === document.body) goTo({ stream: null, event: null });
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
