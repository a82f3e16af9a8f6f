import type { Reading } from "../model/reading.ts";
import type { RequestChange } from "../sources/requester.ts";
import type { WireEvent } from "../model/wire.ts";

/** How a stream that broke is asked for again. Implementations are collected in `index.ts`. */
export interface JoinPolicy {
  readonly name: string;
  /** How the request differs that the stream begins with. */
  readonly firstChange: RequestChange;
  /** How long to wait before a stream is asked for again, until the stream itself says (`retry:`), in ms. */
  readonly reconnectionMs: number;
  /** Begins to follow a stream. */
  follow(): Follower;
}

/** What is remembered of a stream so that it can go on after a break. */
export interface Follower {
  /**
   * Whether an event goes on; false: it is one that came before the break. Throws TransportError where the event shows that
   * the server has answered with something else.
   */
  admits(event: WireEvent): boolean;
  /** Learns from an event that goes on. */
  read(reading: Reading): void;
  /** What to ask for now; `lastEventId` is the stream's, empty where it has none. */
  continuation(lastEventId: string): Continuation | Impossible;
}

/** The request that goes on where the stream broke. */
export interface Continuation {
  readonly change: RequestChange;
  /** As in ConnectionBreak. */
  readonly lastEventId: string | null;
  readonly startingAfter: number | null;
  /** Where the stream goes on, for people; empty where nothing says. */
  readonly place: string;
}

/** Why a stream cannot go on, for people. */
export interface Impossible {
  readonly impossible: string;
}
