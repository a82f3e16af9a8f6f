// Events with their times in; the gaps between reads, and the number of events per read, out.
import { createSample } from "./sample.ts";
import { type EventName, type GapTiming, type ReadTiming, roundMs } from "../model/timing.ts";

export interface ReadMeter {
  /**
   * Takes `added` events that arrived at `atMs`; the last of them is `event`. Returns the gap before them in ms, 0 if
   * they arrived in the same read as the event before.
   */
  add(event: number, eventType: string, atMs: number, added: number): number;
  /** Adds the silence from the last event to `endMs` as a gap and returns it. Called once, after all events. */
  end(endMs: number): number;
  firstAtMs(): number | null;
  lastAtMs(): number | null;
  gaps(): GapTiming;
  reads(): ReadTiming;
}

export function createReadMeter(): ReadMeter {
  let firstAtMs: number | null = null;
  let lastAtMs: number | null = null;
  /** The last event, in two variables: allocating an object per event would dominate the cost of this module. */
  let lastEvent = 0;
  let lastEventType = "";
  /** Events of the current read. */
  let events = 0;
  let count = 0;
  let mostEvents = 0;
  const gaps = createSample();
  const eventsPerRead = createSample();
  /** Null until there are two events; 0 if all arrived in one read. */
  let longestMs: number | null = null;
  let longestAfter: EventName | null = null;

  function addGap(gapMs: number): void {
    if (gapMs > 0) gaps.add(gapMs);
    longestMs ??= 0;
    if (gapMs <= longestMs) return;
    longestMs = gapMs;
    longestAfter = { event: lastEvent, eventType: lastEventType };
  }

  function begin(atMs: number): void {
    if (events > 0) eventsPerRead.add(events);
    events = 0;
    count += 1;
    lastAtMs = atMs;
  }

  return {
    add(event, eventType, atMs, added) {
      const gapMs = lastAtMs === null ? 0 : atMs - lastAtMs;
      if (lastAtMs === null) {
        firstAtMs = atMs;
        begin(atMs);
      } else {
        addGap(gapMs);
        if (gapMs > 0) begin(atMs);
      }
      events += added;
      mostEvents = Math.max(mostEvents, events);
      lastEvent = event;
      lastEventType = eventType;
      return gapMs;
    },
    end(endMs) {
      const silenceMs = lastAtMs === null ? 0 : Math.max(endMs - lastAtMs, 0);
      if (silenceMs > 0) addGap(silenceMs);
      return silenceMs;
    },
    firstAtMs: () => firstAtMs,
    lastAtMs: () => lastAtMs,
    gaps: () => ({
      p50: roundMs(gaps.percentile(0.5)),
      p95: roundMs(gaps.percentile(0.95)),
      p99: roundMs(gaps.percentile(0.99)),
      max: roundMs(longestMs),
      maxAfter: longestAfter,
    }),
    reads() {
      if (events > 0) eventsPerRead.add(events);
      events = 0;
      return {
        count,
        eventsPerRead: { p50: eventsPerRead.percentile(0.5), max: count === 0 ? null : mostEvents },
      };
    },
  };
}
