// What is counted as the stream goes by.
import type { Reading } from "./reading.ts";
import type { Run } from "./stretch.ts";
import type { PendingEvent, WireRecord } from "./wire.ts";

export interface Tally {
  bytes: number;
  events: number;
  comments: number;
  pending: PendingEvent | null;
  readonly eventTypes: Map<string, number>;
}

export interface TallyKeeper {
  readonly tally: Readonly<Tally>;
  bytes(count: number): void;
  record(record: WireRecord): void;
  read(reading: Reading): void;
  run(run: Run): void;
}

/** Different event types that are counted apart; a hostile stream could name each event anew. */
const MOST_TYPES = 1000;
const OTHER_TYPES = "(others)";

export function createTally(): TallyKeeper {
  const tally: Tally = { bytes: 0, events: 0, comments: 0, pending: null, eventTypes: new Map() };

  function count(eventType: string, events: number): void {
    const { eventTypes } = tally;
    const isCounted = eventTypes.has(eventType) || eventTypes.size < MOST_TYPES;
    const type = isCounted ? eventType : OTHER_TYPES;
    eventTypes.set(type, (eventTypes.get(type) ?? 0) + events);
  }

  return {
    tally,
    bytes(count) {
      tally.bytes += count;
    },
    record(record) {
      if (record.type === "event") tally.events += 1;
      else if (record.type === "comment") tally.comments += 1;
      else if (record.type === "end") tally.pending = record.pending;
    },
    read({ eventType }) {
      count(eventType, 1);
    },
    run({ like, events }) {
      tally.events += events;
      count(like.eventType, events);
    },
  };
}
