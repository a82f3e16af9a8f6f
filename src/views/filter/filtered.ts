// A view that receives only what a filter lets through; filters are applied nowhere else.
import { EXIT_OK } from "../../model/exit-codes.ts";
import type { Finding } from "../../model/finding.ts";
import type { Reading } from "../../model/reading.ts";
import type { WireRecord } from "../../model/wire.ts";
import { kindOfOne } from "../../event-words/kinds.ts";
import type { View, ViewListener } from "../view.ts";
import { type Filter, matchesFinding, matchesReading, matchesRecord } from "./filter.ts";
import { folding } from "./fold.ts";
import { createSurroundings } from "./surroundings.ts";

/** The same view, limited to the events that `filter` lets through. */
export function filteredView(view: View, filter: Filter): View {
  const { filtered } = view;
  return {
    ...view,
    create(page, options) {
      const listener = view.create(page, options);
      return createFiltered(filter.folds ? folding(listener) : listener, filter, filtered);
    },
  };
}

/** The limit on records that wait for readings; beyond it, comments are passed on at once. */
const MOST_WAITING = 1000;

interface Waiting {
  readonly record: WireRecord;
  readonly atMs: number | null;
}

function createFiltered(inner: ViewListener, filter: Filter, filtered: View["filtered"]): ViewListener {
  const choosesFacts = filtered === "facts";
  const showsEvents = filtered === "events";
  /** Records since the first event whose dialect is not known yet: its reading determines its kind. */
  let waiting: Waiting[] = [];
  /** The index of the next event. */
  let nextIndex = 0;
  /** The last event that was let through. */
  let lastShown: number | null = null;
  /** Ends the view; delayed while a finding may still reveal the last events. */
  let ending: (() => void) | null = null;
  const surroundings = filter.isAroundFindings ? createSurroundings() : null;

  function passOn(index: number, show: () => void, leaveOut: () => void): void {
    if (surroundings === null) show();
    else surroundings.add({ index, show, leaveOut });
  }

  function takeEvent(record: Waiting | null, reading: Reading): void {
    const { index } = reading.event;
    const leaveOut = () => inner.leaveOut?.(reading);
    if (!matchesReading(filter, reading)) {
      // It keeps its place after the events that wait for a finding nearby.
      if (surroundings === null) leaveOut();
      else surroundings.add({ index, show: null, leaveOut });
      return;
    }
    const { only } = filter;
    const chosen =
      choosesFacts && only !== null
        ? { ...reading, facts: reading.facts.filter((fact) => only.has(kindOfOne(fact, reading.dialect))) }
        : reading;
    const show = (): void => {
      lastShown = index;
      if (record !== null) inner.record?.(record.record, record.atMs);
      inner.read?.(chosen);
    };
    passOn(index, show, leaveOut);
  }

  function takeOther({ record, atMs }: Waiting): void {
    if (record.type === "event") nextIndex = record.index + 1;
    else if (record.type === "end") inner.record?.(record, atMs);
    else if (matchesRecord(filter, record, nextIndex)) {
      passOn(
        nextIndex,
        () => inner.record?.(record, atMs),
        () => {},
      );
    }
  }

  /** Passes on records up to the next event. */
  function passOthers(): void {
    let passed = 0;
    for (const one of waiting) {
      if (one.record.type === "event" || one.record.type === "end") break;
      takeOther(one);
      passed += 1;
    }
    if (passed > 0) waiting = waiting.slice(passed);
  }

  function end(): void {
    ending?.();
    ending = null;
  }

  return {
    record(record, atMs) {
      const isAwaited = record.type === "event" || record.type === "end";
      if (isAwaited || (waiting.length > 0 && waiting.length < MOST_WAITING)) waiting.push({ record, atMs });
      else takeOther({ record, atMs });
    },
    read(reading) {
      // Extra facts of an event, or of the end, have no record of their own.
      if (reading.stray || reading.pending) {
        passOthers();
        return takeEvent(null, reading);
      }
      const [first] = waiting;
      const isOwn = first?.record.type === "event" && first.record.index === reading.event.index;
      if (isOwn) waiting.shift();
      nextIndex = reading.event.index + 1;
      takeEvent(isOwn ? first : null, reading);
      passOthers();
    },
    finding(finding: Finding) {
      // Findings at the end count as near the end, whatever their event.
      surroundings?.reveal(ending === null ? finding.event : null);
      end();
      const isShown = finding.event !== null && finding.event === lastShown;
      if (isShown || matchesFinding(filter, finding.event)) inner.finding?.(finding);
    },
    end(streamEnding) {
      for (const one of waiting) if (one.record.type !== "end") takeOther(one);
      const last = waiting.at(-1);
      waiting = [];
      ending = () => {
        surroundings?.end();
        if (last?.record.type === "end") takeOther(last);
        inner.end?.(streamEnding);
      };
      if (surroundings === null) end();
    },
    report(report) {
      // A failed stream may break off without a finding there, so its end is shown too.
      if (report.exitCode !== EXIT_OK) surroundings?.reveal(null);
      end();
      // Where only events are shown, all that a report adds is a finding: how reading failed.
      if (!showsEvents || matchesFinding(filter, null)) inner.report?.(report);
    },
  };
}
