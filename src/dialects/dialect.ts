import type { DialectTraits } from "../model/dialect-traits.ts";
import type { Fact, StreamError } from "../model/facts.ts";
import type { JsonObject, Payload } from "../model/payload.ts";
import type { RuleFamily } from "../rules/rule.ts";
import type { WireEvent } from "../model/wire.ts";

/**
 * The protocol inside the events. Takes events one by one, gives the facts in each. Implementations are collected in
 * `index.ts`.
 */
export interface Dialect extends DialectTraits {
  /** True if this event, seen first, can only be of this dialect. */
  claims(event: WireEvent, payload: Payload): boolean;
  /**
   * True if this event may be of this dialect although others send it too: it decides if no dialect claims the events
   * that follow. Left out: there is no such event.
   */
  suggests?(event: WireEvent, payload: Payload): boolean;
  create(): DialectReader;
  /**
   * Reads events that may hold other events (`unwrap.ts`) as they are: their content is text. All other dialects leave
   * it out.
   */
  readonly readsWrappers?: true;
  /** The rules for this protocol only; rules on facts and traits apply to every dialect. */
  readonly rules: readonly RuleFamily[];
}

/** A dialect in the list of all dialects. */
export interface DialectEntry {
  /** The same as the dialect's own. */
  readonly name: string;
  readonly load: () => Dialect;
}

export interface DialectReader {
  /** The facts of one event, in order; there may be none. Unknown content gives an `unrecognized` fact. */
  read(event: WireEvent, payload: Payload): readonly Fact[];
  /** The facts of an event with a name and no data, which standard clients drop. Left out: there are none. */
  readWithoutData?(name: string): readonly Fact[];
  /** The facts of an error outside the protocol's events: plain text, or lines that are not SSE fields. */
  readonly fail: (error: StreamError) => readonly Fact[];
  /** The facts of what was held back when the input ends. Left out: nothing is held back. */
  finish?(): readonly Fact[];
  /** The number that the protocol itself gives the event, or null. */
  sequenceNumber(payload: Payload): number | null;
  /**
   * Where the text is in an event that has one text delta and nothing else, so that similar events after it can be read
   * at once (`src/stretch/`). Such events differ only in these places, and `padding` is ignored. The first one of a text
   * makes every change to the reader's state; if texts alternate, so does the first one after the first of each other
   * text. The reader may note which text was last if no later fact depends on it. Null or left out: not known.
   */
  deltaPlaces?(value: JsonObject): DeltaPlaces | null;
}

/** JSON pointers (RFC 6901) into an event's data; null for a place that the event does not have. */
export interface DeltaPlaces {
  readonly text: string;
  /** The sequence number, which grows by one with each event. */
  readonly number: string | null;
  /** Text that does not count: padding to equal length, or an id or time of the event that nothing reads. */
  readonly padding: string | null;
}
