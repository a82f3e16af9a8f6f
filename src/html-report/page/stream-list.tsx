// The list of streams, by cause, with its search.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Chip } from "./chip.tsx";
import {
  filterStreams,
  type Grouping,
  groupings,
  groupStreams,
  type OutcomeFilter,
  type OutcomeCounts,
  outcomes,
  splitName,
  type StreamGroup,
} from "./grouping.ts";
import { focusEvents, goTo } from "./place.ts";
import type { ListedStream } from "./listed-stream.ts";
import { type ShownName, shownNames } from "./names.ts";
import type { LoadedReport } from "./report.ts";
import { GROUP_HEIGHT, GroupRow, heightOfStream, StreamRow } from "./stream-rows.tsx";
import { VirtualRows } from "./virtual-rows.tsx";

interface StreamListProps {
  readonly report: LoadedReport;
  readonly openIndex: number | null;
  readonly counts: OutcomeCounts;
  readonly isPrinting: boolean;
  /** Set if the next opened stream is to receive the focus. */
  readonly focusNext: { current: boolean };
}

type ListRow =
  | { readonly type: "group"; readonly group: StreamGroup; readonly isOpen: boolean }
  | { readonly type: "stream"; readonly stream: ListedStream };

export function StreamList({ report, openIndex, counts, isPrinting, focusNext }: StreamListProps) {
  const { streams, run } = report;
  const [search, setSearch] = useState("");
  const [outcome, setOutcome] = useState<OutcomeFilter>("all");
  const [grouping, setGrouping] = useState<Grouping>("cause");
  const [folded, setFolded] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [active, setActive] = useState<number | null>(null);
  const [reveal, setReveal] = useState<{ index: number } | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => filterStreams(streams, { search, outcome }), [streams, search, outcome]);
  const names = useMemo(() => shownNames(streams), [streams]);
  const groups = useMemo(() => groupStreams(shown, grouping), [shown, grouping]);
  const rows = useMemo(() => {
    // In a long list, groups of passed streams start folded.
    const isLong = shown.length > 12 && groups.length > 1 && search === "" && outcome === "all";
    return groups.flatMap((group): ListRow[] => {
      const isOpen = !(folded.get(group.key) ?? (isLong && group.tone === "good"));
      const own = isOpen || isPrinting ? group.streams.map((stream) => ({ type: "stream" as const, stream })) : [];
      return [{ type: "group", group, isOpen }, ...own];
    });
  }, [groups, folded, shown, search, outcome, isPrinting]);
  const offsets = useMemo(() => {
    let end = 0;
    return [0, ...rows.map((row) => (end += row.type === "group" ? GROUP_HEIGHT : heightOfStream(row.stream)))];
  }, [rows]);

  const openRow = rows.findIndex((row) => row.type === "stream" && row.stream.index === openIndex);
  const activeRow = active ?? (openRow === -1 ? null : openRow);
  useEffect(() => {
    if (openRow !== -1) setReveal({ index: openRow });
  }, [openRow]);

  /** Streams of a tap are named by their request, because they all have the same upstream. */
  function nameOf({ asked, source }: ListedStream): ShownName {
    return asked === null ? (names.get(source) ?? splitName(source)) : { folder: "", base: asked };
  }

  function searchFor(text: string): void {
    setSearch(text);
    setActive(null);
  }

  function fold(key: string, isOpen: boolean): void {
    setFolded(new Map(folded).set(key, isOpen));
  }

  function move(step: 1 | -1): void {
    const next = Math.min(Math.max((activeRow ?? (step === 1 ? -1 : rows.length)) + step, 0), rows.length - 1);
    if (rows[next] === undefined) return;
    setActive(next);
    setReveal({ index: next });
  }

  function choose(index: number | null): void {
    const row = index === null ? undefined : rows[index];
    if (row === undefined) return;
    if (row.type === "group") fold(row.group.key, row.isOpen);
    else {
      setActive(null);
      focusNext.current = true;
      goTo({ stream: row.stream.index, event: null });
      if (row.stream.index === openIndex) focusEvents();
    }
  }

  function press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j" || event.key === "ArrowDown") move(1);
    else if (event.key === "k" || event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter") choose(activeRow);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function pressInSearch(event: KeyboardEvent): void {
    if (event.key === "Escape" && search !== "") searchFor("");
    else if (event.key === "Escape" || event.key === "Enter" || event.key === "ArrowDown") {
      scroller.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus();
      if (event.key !== "Escape" && rows.length > 1) setActive(1);
    } else return;
    event.preventDefault();
  }

  return (
    <nav class="streams" data-zone="streams" aria-label="Streams">
      <div class="streams-tools">
        <input
          type="search"
          placeholder="Search streams"
          aria-label="Search streams"
          title="/"
          value={search}
          onInput={(event) => searchFor(event.currentTarget.value)}
          onKeyDown={pressInSearch}
        />
        <label class="grouping" title="Group by">
          <select
            aria-label="Group by"
            value={grouping}
            onChange={(event) => {
              setGrouping(groupings.find((name) => name === event.currentTarget.value) ?? "cause");
              setActive(null);
            }}
          >
            {groupings.map((name) => (
              <option key={name} value={name}>
                by {name}
              </option>
            ))}
          </select>
        </label>
        <div class="chips" role="group" aria-label="Outcome">
          {outcomes.map((name) => {
            const count = name === "all" ? streams.length : counts[name];
            if (count === 0 && name !== "all") return null;
            return (
              <Chip
                key={name}
                name={name}
                className={name}
                count={count}
                isOn={outcome === name}
                choose={() => {
                  setOutcome(name);
                  setActive(null);
                }}
              />
            );
          })}
        </div>
      </div>
      <div class="streams-scroll" ref={scroller}>
        <div
          role="listbox"
          tabIndex={0}
          aria-label="Streams"
          {...(activeRow !== null && { "aria-activedescendant": `stream-row-${activeRow}` })}
          onKeyDown={press}
        >
          {rows.length === 0 && <p class="empty">No stream matches.</p>}
          <VirtualRows
            offsets={offsets}
            scroller={scroller}
            reveal={reveal}
            isPrinting={isPrinting}
            render={(index) => {
              const row = rows[index];
              if (row === undefined) return null;
              const mark = index === activeRow ? " active" : "";
              const id = `stream-row-${index}`;
              return row.type === "group" ? (
                <GroupRow
                  key={row.group.key}
                  id={id}
                  mark={mark}
                  group={row.group}
                  isOpen={row.isOpen}
                  meaning={run.meanings[row.group.title]?.meaning ?? null}
                  toggle={() => fold(row.group.key, row.isOpen)}
                />
              ) : (
                <StreamRow
                  key={row.stream.index}
                  id={id}
                  mark={mark}
                  stream={row.stream}
                  shown={nameOf(row.stream)}
                  isOpen={row.stream.index === openIndex}
                  choose={() => choose(index)}
                />
              );
            }}
          />
        </div>
      </div>
    </nav>
  );
}
