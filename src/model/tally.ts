import type { PendingEvent } from "./wire.ts";

/** What is counted of a stream. */
export interface Tally {
  bytes: number;
  events: number;
  comments: number;
  pending: PendingEvent | null;
  readonly eventTypes: Map<string, number>;
}
