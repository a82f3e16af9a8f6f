import type { PendingEvent } from "./wire.ts";

/** Counts over a stream. */
export interface Tally {
  bytes: number;
  events: number;
  comments: number;
  pending: PendingEvent | null;
  readonly eventTypes: Map<string, number>;
}
