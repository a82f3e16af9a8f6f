import type { Reading } from "../model/reading.ts";
import type { RequestChange } from "../sources/requester.ts";
import type { WireEvent } from "../model/wire.ts";

/** How to request the rest of a broken stream. Implementations are collected in `index.ts`. */
export interface JoinPolicy {
  readonly name: string;
  /** Changes to the first request. */
  readonly firstChange: RequestChange;
  /** Delay before reconnecting, in ms, until the stream sets its own (`retry:`). */
  readonly reconnectionMs: number;
  /** Starts to follow a stream. */
  follow(): Follower;
}

/** Remembers the state of a stream that is needed to continue after a break. */
export interface Follower {
  /**
   * Whether an event is new; false: it came before the break. Throws TransportError if the event shows that the server
   * continued something else.
   */
  admits(event: WireEvent): boolean;
  /** Learns from an admitted event. */
  read(reading: Reading): void;
  /** The request to continue with; `lastEventId` is the stream's, empty if it has none. */
  continuation(lastEventId: string): Continuation | Impossible;
}

/** The request that continues a broken stream. */
export interface Continuation {
  readonly change: RequestChange;
  /** As in ConnectionBreak. */
  readonly lastEventId: string | null;
  readonly startingAfter: number | null;
  /** Where the stream continues, for messages; empty if unknown. */
  readonly place: string;
}

/** Why a stream cannot continue, for messages. */
export interface Impossible {
  readonly impossible: string;
}
