// Selects the events that `show` prints: by index, by line, or by the protocol's sequence number.
import type { Reading } from "../../model/reading.ts";
import type { IndexRange } from "../filter/filter.ts";
import { isWithin } from "../filter/filter.ts";

export interface Address extends IndexRange {
  readonly by: "index" | "line" | "sequence";
}

/** `event 12`, `events 12 to 14`, `line 120`, as in a message. */
export function wordsOfAddress({ by, from, to }: Address): string {
  const noun = { index: "event", line: "event at line", sequence: "event with sequence number" }[by];
  if (to === from) return `${noun} ${from}`;
  const plural = { index: "events", line: "events at lines", sequence: "events with sequence numbers" }[by];
  return to === Infinity ? `${noun} ${from} or after it` : `${plural} ${from} to ${to}`;
}

/** Whether an event is at an address; `lines` is the number of its lines. */
export function isAt({ by, ...range }: Address, { event, sequenceNumber }: Reading, lines: number): boolean {
  switch (by) {
    case "index":
      return isWithin(event.index, range);
    case "line":
      return event.line <= range.to && event.line + lines - 1 >= range.from;
    case "sequence":
      return sequenceNumber !== null && isWithin(sequenceNumber, range);
  }
}

/** Whether no later event can be at an address. Sequence numbers may come in any order. */
export function isPast({ by, to }: Address, { event, sequenceNumber }: Reading): boolean {
  if (by === "sequence") return sequenceNumber !== null && sequenceNumber > to;
  return (by === "index" ? event.index : event.line) > to;
}
