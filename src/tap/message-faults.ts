// What goes wrong on purpose with the messages of a WebSocket, each of which is an event.
import type { Faults } from "../replay/faults.ts";

export interface MessageFaults {
  /** How often the next message of the server is passed on. */
  copiesOf(message: Uint8Array): number;
  /** Whether the connection breaks off after the messages so far. */
  isCut(): boolean;
  /** Whether nothing is passed on any more, and the connection stays open. */
  isStalled(): boolean;
}

/** Counts the messages of one connection. Bytes are those of whole messages: none is cut in two. */
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
