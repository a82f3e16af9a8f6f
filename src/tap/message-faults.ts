// Fault injection into the messages of a WebSocket. Each message counts as an event.
import type { Faults } from "../replay/faults.ts";

export interface MessageFaults {
  /** How many times to relay the server's next message. */
  copiesOf(message: Uint8Array): number;
  /** Whether to cut the connection after the messages so far. */
  isCut(): boolean;
  /** Whether to relay nothing more but keep the connection open. */
  isStalled(): boolean;
}

/** Counts the messages of one connection. A cut after N bytes never splits a message. */
export function createMessageFaults({ cutAfter, stallAfter, drop, repeat }: Faults): MessageFaults {
  let index = 0;
  let events = 0;
  let bytes = 0;
  const isCut = (): boolean => cutAfter !== null && (cutAfter.unit === "events" ? events : bytes) >= cutAfter.count;
  const isStalled = (): boolean => stallAfter !== null && events >= stallAfter;

  return {
    isCut,
    isStalled,
    copiesOf(message) {
      const own = index;
      index += 1;
      if (isCut() || isStalled() || drop.has(own)) return 0;
      const copies = repeat.has(own) ? 2 : 1;
      events += copies;
      bytes += copies * message.length;
      return copies;
    },
  };
}
