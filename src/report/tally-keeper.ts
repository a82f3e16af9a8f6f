// Counts events, their types and comments.
import type { Listener } from "../model/listener.ts";
import type { Tally } from "../model/tally.ts";

export interface TallyKeeper extends Listener {
  readonly tally: Readonly<Tally>;
  bytes(bytes: Uint8Array): void;
}

/** Limit on event types counted separately; a hostile stream could name each event differently. */
const MOST_TYPES = 1000;
const OTHER_TYPES = "(others)";

export function createTally(): TallyKeeper {
  const tally: Tally = { bytes: 0, events: 0, comments: 0, pending: null, eventTypes: new Map() };

  function count(eventType: string, events: number): void {
    const { eventTypes } = tally;
    const before = eventTypes.get(eventType);
    if (before !== undefined || eventTypes.size < MOST_TYPES) eventTypes.set(eventType, (before ?? 0) + events);
    else eventTypes.set(OTHER_TYPES, (eventTypes.get(OTHER_TYPES) ?? 0) + events);
  }

  return {
    tally,
    bytes({ length }) {
      tally.bytes += length;
    },
    record(record) {
      if (record.type === "event") tally.events += 1;
      else if (record.type === "comment") tally.comments += 1;
      else if (record.type === "end") tally.pending = record.pending;
    },
    read({ eventType, pending, stray }) {
      // The report lists an event that the standard discards separately.
      if (!pending && !stray) count(eventType, 1);
    },
    stretch({ like, events }) {
      tally.events += events;
      count(like.eventType, events);
    },
  };
}
