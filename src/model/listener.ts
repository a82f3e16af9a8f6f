// The one contract of all that follow a stream: counts, times, the report, rules, views.
import type { CompressionFault } from "./compression-fault.ts";
import type { DialectTraits } from "./dialect-traits.ts";
import { type Fact, isDeltaType } from "./facts.ts";
import type { HttpHead } from "./http-head.ts";
import type { Reading } from "./reading.ts";
import type { Stretch } from "./stretch.ts";
import type { Tally } from "./tally.ts";
import type { WireDefect, WireRecord } from "./wire.ts";

/** Called as things happen, in the order of the input; what a listener does not need, it leaves out. */
export interface Listener {
  /** The readings that `read` is given: those with a fact of one of these types. Left out: all, those without facts too. */
  readonly needs?: Needs;
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
  read?(reading: Reading): void;
  /**
   * Events that bring nothing new: at each of them `read` would do what it did at the one before, but for the text. For
   * listeners that count events, gather text or remember the last event.
   */
  stretch?(stretch: Stretch): void;
  end?(ending: StreamEnding): void;
}

/** The types of facts. `all but deltas`: one more piece of a text, and nothing else, is no news. */
export type Needs = "all but deltas" | readonly Fact["type"][];

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

/** Calls several listeners, each with what it needs, in the order of the list. */
export function callInTurn(listeners: readonly Listener[]): Required<Omit<Listener, "needs">> {
  const readers = listeners.filter((listener) => listener.read !== undefined);
  const withBytes = listeners.filter((listener) => listener.bytes !== undefined);
  const withRecord = listeners.filter((listener) => listener.record !== undefined);
  const withDefect = listeners.filter((listener) => listener.defect !== undefined);
  const withStretch = listeners.filter((listener) => listener.stretch !== undefined);
  const readersWithoutFacts = readers.filter(({ needs }) => needs === undefined || needs === ALL_BUT_DELTAS);
  /** Most readings hold one fact: who needs it is looked up once for each type. */
  const readersOf = new Map<Fact["type"], readonly Listener[]>();

  function readersNeeding(facts: readonly Fact[]): readonly Listener[] {
    const [first] = facts;
    if (first === undefined) return readersWithoutFacts;
    if (facts.length > 1) return readers.filter(({ needs }) => facts.some(({ type }) => isNeeded(type, needs)));
    let found = readersOf.get(first.type);
    if (found === undefined) {
      found = readers.filter(({ needs }) => isNeeded(first.type, needs));
      readersOf.set(first.type, found);
    }
    return found;
  }

  return {
    bytes(bytes, atMs, offset) {
      for (const listener of withBytes) listener.bytes?.(bytes, atMs, offset);
    },
    record(record, atMs) {
      for (const listener of withRecord) listener.record?.(record, atMs);
    },
    defect(defect) {
      for (const listener of withDefect) listener.defect?.(defect);
    },
    read(reading) {
      for (const listener of readersNeeding(reading.facts)) listener.read?.(reading);
    },
    stretch(stretch) {
      for (const listener of withStretch) listener.stretch?.(stretch);
    },
    end(ending) {
      for (const listener of listeners) listener.end?.(ending);
    },
  };
}

const ALL_BUT_DELTAS = "all but deltas";

function isNeeded(type: Fact["type"], needs: Needs | undefined): boolean {
  if (needs === undefined) return true;
  return needs === ALL_BUT_DELTAS ? !isDeltaType(type) : needs.includes(type);
}
