// Counts what goes by.
import type { Listener } from "../model/listener.ts";
import type { Tally } from "../model/tally.ts";

export interface TallyKeeper extends Listener {
  readonly tally: Readonly<Tally>;
  bytes(bytes: Uint8Array): void;
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
    bytes({ length }) {
      tally.bytes += length;
    },
    record(record) {
      if (record.type === "event") tally.events += 1;
      else if (record.type === "comment") tally.comments += 1;
      else if (record.type === "end") tally.pending = record.pending;
    },
    read({ eventType, pending, stray }) {
      // One that the standard discards is in the report as such.
      if (!pending && !stray) count(eventType, 1);
    },
    stretch({ like, events }) {
      tally.events += events;
      count(like.eventType, events);
    },
  };
}
