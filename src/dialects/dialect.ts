import type { DialectTraits } from "../model/dialect-traits.ts";
import type { Fact, StreamError } from "../model/facts.ts";
import type { JsonObject, Payload } from "../model/payload.ts";
import type { RuleFamily } from "../rules/rule.ts";
import type { WireEvent } from "../model/wire.ts";

/**
 * The protocol spoken inside the events. Takes events one by one, hands on the facts that each of them tells.
 * Implementations are collected in `index.ts`.
 */
export interface Dialect extends DialectTraits {
  /** True where this event, seen first, can be of no other dialect. */
  claims(event: WireEvent, payload: Payload): boolean;
  /**
   * True where this event may be of this dialect although others send it too: it decides if no dialect claims the events
   * that follow. Left out: there is no such event.
   */
  suggests?(event: WireEvent, payload: Payload): boolean;
  create(): DialectReader;
  /** It reads events that may hold others (`unwrap.ts`) as they are: what is in them is text. Left out by all others. */
  readonly readsWrappers?: true;
  /** The rules of this protocol alone; those by facts and traits hold for every dialect. */
  readonly rules: readonly RuleFamily[];
}

/** A dialect in the list of all. */
export interface DialectEntry {
  /** The same as the dialect's own. */
  readonly name: string;
  readonly load: () => Dialect;
}

export interface DialectReader {
  /** The facts of one event, in order; none is a fair answer. What is not known is an `unrecognized` fact. */
  read(event: WireEvent, payload: Payload): readonly Fact[];
  /** The facts of an event that has a name and no data, which clients of the standard drop; left out: it has none. */
  readWithoutData?(name: string): readonly Fact[];
  /** The facts of an error that came outside the protocol's events: as plain text, or on lines that are no SSE fields. */
  readonly fail: (error: StreamError) => readonly Fact[];
  /** The facts of what was held back when the input is over; left out: nothing ever is. */
  finish?(): readonly Fact[];
  /** The number that the protocol itself gives the event, or null. */
  sequenceNumber(payload: Payload): number | null;
  /**
   * Where the text of an event stands that tells one delta of a text and nothing else, so that events which go on like it
   * can be read at once (`src/stretch/`). All that differs between such events is in these places, what they do to the reader
   * is done by the first of them, and `padding` is not looked at. Null, or left out: not known.
   */
  deltaPlaces?(value: JsonObject): DeltaPlaces | null;
}

/** JSON pointers (RFC 6901) into an event's data; null where there is none. */
export interface DeltaPlaces {
  readonly text: string;
  /** The sequence number, which grows by one with each event. */
  readonly number: string | null;
  /** Text of no meaning, such as makes all events equally long; or an id of the event, or its time, that nobody looks at. */
  readonly padding: string | null;
}
