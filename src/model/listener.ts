// The one contract of all that follow a stream: counts, times, the report, rules, views.
import type { CompressionFault } from "./compression-fault.ts";
import type { DialectTraits } from "./dialect-traits.ts";
import type { Fact, TextDelta, TextEnd } from "./facts.ts";
import type { HttpHead } from "./http-head.ts";
import type { JsonObject } from "./payload.ts";
import type { Reading } from "./reading.ts";
import type { Stretch } from "./stretch.ts";
import type { Tally } from "./tally.ts";
import type { WireDefect, WireRecord } from "./wire.ts";

/**
 * Called as things happen, in the order of the input; what a listener does not need, it leaves out. Most events concern few
 * listeners, and are handed only to those: whoever acts on some facts or payloads names them, and `read` is for those who
 * need every event. Of one event a listener is first given its facts, then its payload, then all of it.
 */
export interface Listener {
  /** What it does at a fact, by the fact's type. */
  readonly facts?: FactHandlers;
  /** What it does at a payload that is an object, by its `type`, or, if it has none, by the name of its event. */
  readonly payloads?: PayloadHandlers;
  /**
   * Bytes of the stream, before the records that are made of them; valid during the call. `atMs`: when they came; null or
   * left out if that is not known. `offset`: where they are, as the offsets of events count; left out if no event comes.
   */
  bytes?(bytes: Uint8Array, atMs?: number | null, offset?: number): void;
  /**
   * What the framing hands on, before an event among it is read. `atMs`: when its last byte came, in ms since the source
   * was opened; null if times are not known.
   */
  record?(record: WireRecord, atMs: number | null): void;
  defect?(defect: WireDefect): void;
  /** Every event, whatever is in it. */
  read?(this: void, reading: Reading): void;
  /**
   * Events that bring nothing new: at each of them the listener would do what it did at the one before, but for the text. For
   * listeners that count events, gather text or remember the last event.
   */
  stretch?(stretch: Stretch): void;
  end?(ending: StreamEnding): void;
}

/** Takes a fact; `reading` is the event that it is of. */
export type FactHandler<Taken extends Fact = Fact> = (fact: Taken, reading: Reading) => void;

/** By the type of facts; `*-delta` and `*-end`: of texts of every kind, before the handler of the one kind. */
export type FactHandlers = {
  readonly [Type in Fact["type"]]?: FactHandler<FactOf<Fact, Type>>;
} & {
  readonly "*-delta"?: FactHandler<TextDelta>;
  readonly "*-end"?: FactHandler<TextEnd>;
};

/** The member of a union of facts that can have a type: the deltas of all texts are one. */
type FactOf<Member extends Fact, Type extends Fact["type"]> = Member extends Fact
  ? Type extends Member["type"]
    ? Member
    : never
  : never;

/** Takes a payload; `reading` is the event that it is of. */
export type PayloadHandler = (value: JsonObject, reading: Reading) => void;

export type PayloadHandlers = Readonly<Record<string, PayloadHandler>>;

/** What is known only when the input is over. */
export interface StreamEnding {
  readonly tally: Readonly<Tally>;
  /** How events were wrapped; null if no stream was found. */
  readonly framing: string | null;
  readonly http: HttpHead | null;
  /** The protocols whose API answers at the path that was asked for; empty if that is unknown, or nobody's. */
  readonly protocolsOfPath: readonly DialectTraits[];
  /** False if the body is not a stream at all: a page, a document, nothing. */
  readonly isStream: boolean;
  /** It was not the stream that ended: reading was stopped, or the network failed. */
  readonly stopped: boolean;
  /** What broke the connection after the response had ended, in words; null: nothing did. */
  readonly breakAfterEnd: string | null;
  /** What was wrong with the compressed data that the stream came out of; null: nothing. */
  readonly compression: CompressionFault | null;
  /** When the input ended, in ms since the source was opened; null if times are not known. */
  readonly endMs: number | null;
}
