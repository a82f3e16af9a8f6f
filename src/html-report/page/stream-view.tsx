// One stream: its outcome, timeline, text, findings, request and events.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { visible, visibleLine } from "../../terminal/visible.ts";
import { countOf } from "../../wording/counts.ts";
import { MARKS } from "../../wording/marks.ts";
import type { Meaning } from "../data.ts";
import { EventTable } from "./event-table.tsx";
import { Exchange } from "./exchange.tsx";
import { FactList } from "./fact-list.tsx";
import { Findings } from "./findings.tsx";
import { splitName, toneOf } from "./grouping.ts";
import { focusEvents, goTo } from "./place.ts";
import type { ListedStream } from "./listed-stream.ts";
import type { LoadedReport } from "./report.ts";
import { TextPanel } from "./text-panel.tsx";
import { rowsByEvent, timelineOf } from "./timeline.ts";
import { Waterfall } from "./waterfall.tsx";

interface StreamViewProps {
  readonly report: LoadedReport;
  readonly stream: ListedStream;
  /** The event in the address. */
  readonly event: number | null;
  readonly isPrinting: boolean;
  readonly focusNext: { current: boolean };
}

export function StreamView({ report, stream, event, isPrinting, focusNext }: StreamViewProps) {
  const { run } = report;
  const scroller = useRef<HTMLDivElement>(null);
  const detail = useMemo(() => report.detailOf(stream.index), [report, stream]);
  const timeline = useMemo(() => timelineOf(detail, run.stallMs), [detail, run]);
  const rowOfEvent = useMemo(() => rowsByEvent(detail.rows), [detail]);
  const lastRow = detail.rows.length - 1;
  /** The row whose text is shown; the pointed row takes precedence. */
  const [cursor, setCursor] = useState(lastRow);
  const [pointed, setPointed] = useState<number | null>(null);
  const [wanted, setWanted] = useState<{ row: number } | null>(null);

  useEffect(() => {
    if (focusNext.current) focusEvents();
    focusNext.current = false;
  }, [focusNext]);
  useEffect(() => {
    const row = event === null ? undefined : rowOfEvent.get(event);
    if (row === undefined) return;
    setWanted({ row });
    setCursor(row);
  }, [event, rowOfEvent]);

  function showRow(row: number): void {
    const index = detail.rows[row]?.[1] ?? null;
    setWanted({ row });
    setCursor(row);
    if (index !== null) goTo({ stream: stream.index, event: index });
  }

  const tone = toneOf(stream);
  const { folder, base } = splitName(stream.source);
  const crumbs = [stream.asked === null ? folder : stream.source, stream.place ?? ""].filter((part) => part !== "");
  const meaning: Meaning | undefined = run.meanings[stream.end];
  return (
    <div class="stream-scroll" ref={scroller}>
      <article class="stream">
        <header class="stream-head">
          <button type="button" class="back" onClick={() => goTo({ stream: null, event: null })}>
            ‹ streams
          </button>
          <p class="crumb">{visibleLine(crumbs.join(" · "))}</p>
          <h2>{visibleLine(stream.asked ?? base)}</h2>
          <p class={`headline ${tone}`}>
            <span class="glyph" aria-hidden="true">
              {MARKS[tone]}
            </span>
            <strong>{stream.end}</strong>
            {stream.cause.detail !== null && <code>{visibleLine(stream.cause.detail)}</code>}
            {stream.course !== null && <span class="course">{stream.course}</span>}
            <span class="exit">exit {stream.exitCode}</span>
          </p>
          {stream.reason === null ? (
            meaning !== undefined && <p class="reason soft">{meaning.meaning}</p>
          ) : (
            <p class="reason">{visible(stream.reason)}</p>
          )}
        </header>
        <FactList stream={stream} detail={detail} stallMs={run.stallMs} />
        {detail.isWithoutRows && (
          <p class="note">
            The events of this stream are omitted to limit the size of the page. Check this source alone to see them.
          </p>
        )}
        {detail.rows.length > 0 && (
          <>
            <section aria-labelledby="timeline-title">
              <h3 id="timeline-title">
                Timeline
                {!timeline.isTimed && <span class="soft"> by event: times were not recorded</span>}
              </h3>
              <Waterfall
                timeline={timeline}
                cursor={cursor}
                pointed={pointed}
                setCursor={setCursor}
                setPointed={setPointed}
                showRow={showRow}
              />
            </section>
            <TextPanel detail={detail} timeline={timeline} row={pointed ?? cursor} showRow={showRow} />
          </>
        )}
        <Findings detail={detail} meanings={run.meanings} rowOfEvent={rowOfEvent} showRow={showRow} />
        <Exchange detail={detail} />
        {detail.rows.length > 0 && (
          <EventTable
            detail={detail}
            timeline={timeline}
            scroller={scroller}
            wanted={wanted}
            isPrinting={isPrinting}
            setCursor={setCursor}
          />
        )}
        {detail.rows.length === 0 && !detail.isWithoutRows && <p class="note">{countOf(0, "event")} received.</p>}
      </article>
    </div>
  );
}
