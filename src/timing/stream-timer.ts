// Measures the times of one stream, independent of its content.
import { isTextDelta, type Fact } from "../model/facts.ts";
import type { Listener } from "../model/listener.ts";
import type { Reading } from "../model/reading.ts";
import type { Stretch } from "../model/stretch.ts";
import { createReadMeter } from "./reads.ts";
import { createSlices } from "./slices.ts";
import { type Arrival, type EventPlace, roundMs, type StreamTiming } from "../model/timing.ts";

export interface StreamTimer extends Listener {
  read(reading: Pick<Reading, "event" | "eventType" | "facts" | "atMs">): void;
  stretch(stretch: Stretch): void;
  /** `arrival`: the times of the source, if the stream is the whole source. Null if times are not known. */
  report(arrival: Arrival | null): StreamTiming | null;
}

export function createStreamTimer(): StreamTimer {
  const meter = createReadMeter();
  const slices = createSlices();
  let lastEvent: EventPlace | null = null;
  /** Some events have no known time. */
  let hasUntimed = false;

  /** The silence until the end of the source, which counts as a gap and is drawn. */
  function silenceUntil(endMs: number | null, openedMs: number | null): number | null {
    if (endMs === null) return null;
    if (meter.lastAtMs() === null) return openedMs === null || hasUntimed ? null : Math.max(endMs - openedMs, 0);
    const silenceMs = meter.end(endMs);
    if (silenceMs > 0) slices.add(endMs, 0, silenceMs);
    return silenceMs;
  }

  return {
    read({ event, eventType, facts, atMs }) {
      hasUntimed ||= atMs === null;
      if (atMs === null) return;
      const gapMs = meter.add(event.index, eventType, atMs, 1);
      let characters = 0;
      for (const fact of facts) characters += charactersOf(fact);
      slices.add(atMs, characters, gapMs);
      lastEvent = { event: event.index, eventType, line: event.line };
    },
    stretch({ like: { eventType, atMs }, last, events, text }) {
      if (atMs === null) return;
      slices.add(atMs, text.length, meter.add(last.index, eventType, atMs, events));
      lastEvent = { event: last.index, eventType, line: last.line };
    },
    report(arrival) {
      if (meter.lastAtMs() === null && arrival === null) return null;
      const { opening = null, firstByteMs = null, endMs = null, heldBackMs = 0 } = arrival ?? {};
      const silenceAtEndMs = silenceUntil(endMs, opening?.headMs ?? firstByteMs);
      return {
        connectMs: roundMs(opening?.connectMs ?? null),
        tlsMs: roundMs(opening?.tlsMs ?? null),
        ttfbMs: roundMs(opening?.headMs ?? firstByteMs),
        firstEventMs: roundMs(meter.firstAtMs()),
        gapMs: meter.gaps(),
        reads: meter.reads(),
        lastEvent,
        silenceAtEndMs: roundMs(silenceAtEndMs),
        totalMs: roundMs(endMs ?? meter.lastAtMs()),
        heldBackMs: roundMs(heldBackMs),
        slices: slices.report(),
      };
    },
  };
}

function charactersOf(fact: Fact): number {
  if (isTextDelta(fact)) return fact.text.length;
  return fact.type === "data-received" ? fact.data.length : 0;
}
