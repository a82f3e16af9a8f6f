// The events of a stream as a table; only visible rows are in the document.
import type { RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { countOf, formatCount } from "../../wording/counts.ts";
import { formatDuration } from "../../wording/durations.ts";
import type { Finding } from "../../model/finding.ts";
import type { StreamDetail } from "../data.ts";
import { Chip } from "./chip.tsx";
import { countKinds, type EventFilter, filterRows, isInvalidPattern } from "./event-filter.ts";
import { EventLine } from "./event-line.tsx";
import type { Timeline } from "./timeline.ts";
import { useMedia } from "./use-width.ts";
import { VirtualRows } from "./virtual-rows.tsx";

interface EventTableProps {
  readonly detail: StreamDetail;
  readonly timeline: Timeline;
  readonly scroller: RefObject<HTMLElement | null>;
  /** A requested row, which is unfolded and scrolled to. */
  readonly wanted: { readonly row: number } | null;
  readonly isPrinting: boolean;
  readonly setCursor: (row: number) => void;
}

const ROW_HEIGHT = 30;
const NARROW_ROW_HEIGHT = 50;
/** Used until the height is measured. */
const UNFOLDED_HEIGHT = 240;
const ALL: EventFilter = { search: "", kind: null };

export function EventTable({ detail, timeline, scroller, wanted, isPrinting, setCursor }: EventTableProps) {
  const { rows, left } = detail;
  const isNarrow = useMedia("(max-width: 640px)");
  const [filter, setFilter] = useState(ALL);
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const [heights, setHeights] = useState<ReadonlyMap<number, number>>(new Map());
  /** Null until the user selects a row; then the first one is active. */
  const [chosen, setChosen] = useState<number | null>(null);
  const active = chosen ?? 0;
  /** The same, updated before rendering, because keys may arrive faster. */
  const reached = useRef(0);
  const [reveal, setReveal] = useState<{ index: number } | null>(null);
  const list = useRef<HTMLDivElement>(null);
  /** The last row request that was fulfilled: filters that are set later stay. */
  const met = useRef<EventTableProps["wanted"]>(null);
  const findingsOf = useMemo(() => groupFindings(detail.findings), [detail]);
  const kinds = useMemo(() => countKinds(rows), [rows]);
  const shown = useMemo(() => filterRows(detail, filter, new Set(findingsOf.keys())), [detail, filter, findingsOf]);
  const isInvalid = isInvalidPattern(filter.search);
  const silenceAtEnd = timeline.silenceBefore.get(null);
  const rowHeight = isNarrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT;
  const offsets = useMemo(() => {
    let end = 0;
    const all = [0];
    for (const place of shown) {
      end += rowHeight + (unfolded.has(place) ? (heights.get(place) ?? UNFOLDED_HEIGHT) : 0);
      all.push(end);
    }
    return all;
  }, [shown, unfolded, heights, rowHeight]);

  useEffect(() => {
    if (wanted === null || met.current === wanted) return;
    const index = shown.indexOf(wanted.row);
    if (index === -1 && filter !== ALL) {
      // The row is filtered out: the effect runs again once all rows are shown.
      setFilter(ALL);
      return;
    }
    met.current = wanted;
    if (index === -1) return;
    setUnfolded(new Set([wanted.row]));
    setActive(index);
    setReveal({ index });
    list.current?.focus({ preventScroll: true });
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted, shown]);

  function setActive(index: number | null): void {
    reached.current = index ?? 0;
    setChosen(index);
  }

  function change(next: Partial<EventFilter>): void {
    setFilter({ ...filter, ...next });
    setActive(null);
  }

  function fold(place: number): void {
    const next = new Set(unfolded);
    if (!next.delete(place)) next.add(place);
    setUnfolded(next);
  }

  function moveTo(index: number): void {
    const place = shown[index];
    if (place === undefined) return;
    setActive(index);
    setReveal({ index });
    setCursor(place);
  }

  function nextFinding(step: 1 | -1): void {
    const { length } = shown;
    let index = chosen ?? (step === 1 ? -1 : 0);
    // Wraps around.
    for (let count = 0; count < length; count++) {
      index = (index + step + length) % length;
      if (findingsOf.has(rows[shown[index] ?? -1]?.[1] ?? -1)) return moveTo(index);
    }
  }

  function press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLElement && event.target !== list.current && event.key === "Enter") return;
    const page = Math.max(Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 4, 1);
    const from = reached.current;
    const moves: Readonly<Record<string, number>> = {
      j: from + 1,
      ArrowDown: from + 1,
      k: Math.max(from - 1, 0),
      ArrowUp: Math.max(from - 1, 0),
      PageDown: Math.min(from + page, shown.length - 1),
      PageUp: Math.max(from - page, 0),
      Home: 0,
      End: shown.length - 1,
    };
    const place = shown[from];
    const to = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (to !== undefined) moveTo(to);
    else if (event.key === "n" || event.key === "p") nextFinding(event.key === "n" ? 1 : -1);
    else if (event.key === "Enter" && place !== undefined) fold(place);
    else if (event.key === "Escape" && place !== undefined && unfolded.has(place)) fold(place);
    else if (event.key === "Escape") document.querySelector<HTMLElement>('.streams [role="listbox"]')?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function pressInSearch(event: KeyboardEvent): void {
    if (event.key === "Escape" && filter.search !== "") change({ search: "" });
    else if (event.key === "Escape" || event.key === "Enter" || event.key === "ArrowDown")
      list.current?.focus({ preventScroll: true });
    else return;
    event.preventDefault();
  }

  return (
    <section class={timeline.isTimed ? "events" : "events untimed"} data-zone="events" aria-labelledby="events-title">
      <div class="events-tools">
        <h3 id="events-title">
          Events{" "}
          <span class="count">
            {shown.length === rows.length
              ? formatCount(rows.length)
              : `${formatCount(shown.length)} of ${formatCount(rows.length)}`}
          </span>
        </h3>
        <input
          type="search"
          placeholder="Search events, /regex/"
          aria-label="Search events"
          value={filter.search}
          {...(isInvalid && { "aria-invalid": true })}
          onInput={(event) => change({ search: event.currentTarget.value })}
          onKeyDown={pressInSearch}
        />
        {isInvalid && (
          <p class="pattern-note" role="status">
            Invalid pattern: searching for it as text.
          </p>
        )}
        <div class="chips" role="group" aria-label="Kind">
          <Chip name="all" className="every-kind" isOn={filter.kind === null} choose={() => change({ kind: null })} />
          {findingsOf.size > 0 && (
            <Chip
              name="finding"
              className="kind-finding"
              title="events with a finding"
              count={findingsOf.size}
              isOn={filter.kind === "finding"}
              choose={() => change({ kind: "finding" })}
            />
          )}
          {kinds.length > 1 &&
            kinds.map(({ name, title, count }) => (
              <Chip
                key={name}
                name={name}
                className={`kind-${name}`}
                title={title}
                count={count}
                isOn={filter.kind === name}
                choose={() => change({ kind: filter.kind === name ? null : name })}
              />
            ))}
        </div>
        <div class="event-line table-head" aria-hidden="true">
          <span class="number">#</span>
          <span class="number">line</span>
          {timeline.isTimed && <span class="number">time</span>}
          {timeline.isTimed && <span class="number">+</span>}
          <span>kind</span>
          <span>content</span>
        </div>
      </div>
      {left.count > 0 && (
        <p class="note">
          {countOf(left.count, "event")} between the first {formatCount(left.before)} and the last{" "}
          {formatCount(rows.length - left.before)} are omitted to limit the size of the page.
        </p>
      )}
      <div
        ref={list}
        role="listbox"
        tabIndex={0}
        aria-label="Events"
        {...(shown.length > 0 && { "aria-activedescendant": `event-row-${active}` })}
        onKeyDown={press}
      >
        {shown.length === 0 && <p class="empty">No event matches.</p>}
        <VirtualRows
          offsets={offsets}
          scroller={scroller}
          reveal={reveal}
          isPrinting={isPrinting}
          render={(index) => {
            const place = shown[index];
            const row = place === undefined ? undefined : rows[place];
            if (place === undefined || row === undefined) return null;
            return (
              <EventLine
                key={place}
                id={`event-row-${index}`}
                detail={detail}
                timeline={timeline}
                place={place}
                row={row}
                findings={findingsOf.get(row[1] ?? -1) ?? NONE}
                isActive={index === active}
                isUnfolded={unfolded.has(place)}
                choose={() => {
                  setActive(index);
                  setCursor(place);
                  fold(place);
                }}
                measured={(height) => {
                  if (heights.get(place) !== height) setHeights((before) => new Map(before).set(place, height));
                }}
              />
            );
          }}
        />
        {silenceAtEnd !== undefined && (
          <p class={`table-end ${silenceAtEnd.isStall ? "bad" : "soft"}`}>
            No event for {formatDuration(silenceAtEnd.to - silenceAtEnd.from)} before the end.
          </p>
        )}
      </div>
    </section>
  );
}

const NONE: readonly Finding[] = [];

/** Groups findings by the index of their event. */
function groupFindings(findings: readonly Finding[]): ReadonlyMap<number, readonly Finding[]> {
  const groups = new Map<number, Finding[]>();
  for (const finding of findings) {
    if (finding.event === null) continue;
    const group = groups.get(finding.event);
    if (group === undefined) groups.set(finding.event, [finding]);
    else group.push(finding);
  }
  return groups;
}
