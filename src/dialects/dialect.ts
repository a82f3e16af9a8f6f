import type { Fact } from "../facts.ts";
import type { Payload } from "../payload.ts";
import type { WireEvent } from "../wire.ts";

/**
 * The protocol spoken inside the events. Takes events one by one, hands on the facts that each of them tells.
 * Implementations are collected in `index.ts`.
 */
export interface Dialect {
  readonly name: string;
  /** One line for `--help`. */
  readonly title: string;
  /** True where this event, seen first, can be of no other dialect. */
  claims(event: WireEvent, payload: Payload): boolean;
  create(): DialectReader;
}

export interface DialectReader {
  /** The facts of one event, in order; none is a fair answer. What is not known is an `unrecognized` fact. */
  read(event: WireEvent, payload: Payload): readonly Fact[];
  /** The number that the protocol itself gives the event, or null. */
  sequenceNumber(payload: Payload): number | null;
}
