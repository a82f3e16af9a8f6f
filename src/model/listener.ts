// The contract of everything that follows a stream: counts, times, the report, rules, views.
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
 * Called as things happen, in input order; a listener leaves out the methods it does not need. Most events concern few
 * listeners and are passed only to those: a listener names the facts or payloads it acts on, and uses `read` only if it
 * needs every event. For one event, a listener gets first the facts, then the payload, then the whole reading.
 */
export interface Listener {
  /** Handlers of facts, by the fact's type. */
  readonly facts?: FactHandlers;
  /** Handlers of payloads that are objects, by `type` or, without one, by the name of the event. */
  readonly payloads?: PayloadHandlers;
  /**
   * Bytes of the stream, before the records made from them; valid during the call. `atMs`: when they arrived; null or
   * left out if unknown. `offset`: their offset, counted like the offsets of events; left out if no event comes.
   */
  bytes?(bytes: Uint8Array, atMs?: number | null, offset?: number): void;
  /**
   * A record from the framing, before any event in it is read. `atMs`: when its last byte arrived, in ms since the
   * source was opened; null if times are unknown.
   */
  record?(record: WireRecord, atMs: number | null): void;
  defect?(defect: WireDefect): void;
  /** Every event. */
  read?(this: void, reading: Reading): void;
  /**
   * Events that bring nothing new: for each, the listener would do the same as for `stretch.like`, apart from the text.
   * For listeners that count events, collect text or remember the last event.
   */
  stretch?(stretch: Stretch): void;
  end?(ending: StreamEnding): void;
}

/** Takes a fact; `reading` is its event. */
export type FactHandler<Taken extends Fact = Fact> = (fact: Taken, reading: Reading) => void;

/** By the facts' type; `*-delta` and `*-end` get texts of every kind, before the handler of the specific kind. */
export type FactHandlers = {
  readonly [Type in Fact["type"]]?: FactHandler<FactOf<Fact, Type>>;
} & {
  readonly "*-delta"?: FactHandler<TextDelta>;
  readonly "*-end"?: FactHandler<TextEnd>;
};

/** The member of a union of facts that can have a type; the deltas of all texts are one member. */
type FactOf<Member extends Fact, Type extends Fact["type"]> = Member extends Fact
  ? Type extends Member["type"]
    ? Member
    : never
  : never;

/** Takes a payload; `reading` is its event. */
export type PayloadHandler = (value: JsonObject, reading: Reading) => void;

export type PayloadHandlers = Readonly<Record<string, PayloadHandler>>;

/** Facts that are known only at the end of the input. */
export interface StreamEnding {
  readonly tally: Readonly<Tally>;
  /** How events were framed; null if no stream was found. */
  readonly framing: string | null;
  readonly http: HttpHead | null;
  /** The protocols whose API has the requested path; empty if the path is unknown, or belongs to no known API. */
  readonly protocolsOfPath: readonly DialectTraits[];
  /** False if the body is not a stream: a page, a document, or empty. */
  readonly isStream: boolean;
  /** The input did not end by itself: reading was stopped, or the network failed. */
  readonly stopped: boolean;
  /** The input is a recording that ended before the server did: what is missing at its end was perhaps sent. */
  readonly recordingInterrupted: boolean;
  /** What broke the connection after the response had ended, in words; null if nothing did. */
  readonly breakAfterEnd: string | null;
  /** The fault in the compressed data that contained the stream; null if there is none. */
  readonly compression: CompressionFault | null;
  /** When the input ended, in ms since the source was opened; null if times are unknown. */
  readonly endMs: number | null;
}
