// Events in, readings out: in the dialect that the user named, or the one detected from the first events.
import type { DialectTraits } from "../model/dialect-traits.ts";
import type { Fact } from "../model/facts.ts";
import { asString, parsePayload, type Payload } from "../model/payload.ts";
import type { Reading } from "../model/reading.ts";
import type { WireEvent } from "../model/wire.ts";
import { generic } from "./generic/generic.ts";
import type { DeltaPlaces, Dialect, DialectReader } from "./dialect.ts";
import { type DialectName, dialects } from "./index.ts";
import { cut } from "../wording/cut.ts";

/** The first events, among which one that a dialect claims decides for it; after them a generic stream stays one. */
const EVENTS_TO_DETECT_FROM = 16;

export interface Interpreter {
  /** Reads an event that came at `atMs`. `pending`: the input ended within it. */
  read(event: WireEvent, atMs: number | null, pending: boolean): void;
  /** Where the text of an event stands that it has read as a delta; null where its dialect does not say. */
  deltaPlaces(reading: Reading): DeltaPlaces | null;
  /**
   * Reads what was held back. Gives the dialect, null if there was no event, and whether some event was of
   * it: detection always fits, for it is made from an event that the dialect knows; a name that the user gave may not.
   */
  end(): { readonly dialect: DialectTraits | null; readonly fits: boolean };
}

type Arrived = Pick<Reading, "event" | "payload" | "atMs" | "pending">;

/** Reads events in the dialect `name`, or, if that is null, in the first one that claims one of the first events. */
export function createInterpreter(name: DialectName | null, onReading: (reading: Reading) => void): Interpreter {
  let chosen: Dialect | null = dialects.find((dialect): boolean => dialect.name === name) ?? null;
  let reader: DialectReader | null = chosen?.create() ?? null;
  /** Damaged events at the very beginning: they wait for one that shows the dialect. */
  let held: Arrived[] = [];
  let events = 0;
  let fits = false;

  /** The reader for an event, while the choice is open; null where the event has to wait. */
  function detect(event: WireEvent, payload: Payload): DialectReader | null {
    const claimant = dialects.find((dialect) => dialect.claims(event, payload)) ?? generic;
    const isTelling = claimant !== generic || (payload.type !== "broken-json" && payload.type !== "done-sentinel");
    if (reader === null && !isTelling && held.length < EVENTS_TO_DETECT_FROM) return null;
    return claimant === chosen && reader !== null ? reader : choose(claimant);
  }

  function choose(dialect: Dialect): DialectReader {
    chosen = dialect;
    reader = dialect.create();
    const waiting = held;
    held = [];
    for (const entry of waiting) readWith(reader, entry);
    return reader;
  }

  function readWith(reader: DialectReader, { event, payload, atMs, pending }: Arrived): void {
    const facts = reader.read(event, payload);
    fits ||= facts.some(isKnown);
    events += 1;
    const sequenceNumber = reader.sequenceNumber(payload);
    const eventType = eventTypeOf(event, payload);
    const foreignDialect = facts.length > 0 && facts.every(isUnrecognized) ? foreignTo(chosen, event, payload) : null;
    const dialect = chosen ?? generic;
    onReading({ event, dialect, payload, eventType, sequenceNumber, facts, foreignDialect, atMs, pending });
  }

  return {
    read(event, atMs, pending) {
      const payload = parsePayload(event.data);
      const isOpen = name === null && (chosen === null || chosen === generic) && events < EVENTS_TO_DETECT_FROM;
      const eventReader = isOpen ? detect(event, payload) : reader;
      const arrived = { event, payload, atMs, pending };
      if (eventReader === null) held.push(arrived);
      else readWith(eventReader, arrived);
    },
    deltaPlaces: ({ payload }) => (payload.type === "object" ? (reader?.deltaPlaces?.(payload.value) ?? null) : null),
    end() {
      if (held.length > 0) choose(generic);
      const dialect = events === 0 ? null : chosen;
      return { dialect, fits: name === null || events === 0 || fits };
    },
  };
}

/** The dialect of an event that its stream's dialect does not know; null where no other does. Anybody can ping. */
function foreignTo(chosen: Dialect | null, event: WireEvent, payload: Payload): DialectTraits | null {
  if (event.event === PING) return null;
  const claimant = dialects.find((dialect) => dialect !== generic && dialect.claims(event, payload));
  return claimant === undefined || claimant === chosen ? null : claimant;
}

const PING = "ping";
const UNNAMED = "message";
const LONGEST_TYPE = 200;

/** What to call an event: cut, for a hostile stream could name each one at any length. */
function eventTypeOf(event: WireEvent, payload: Payload): string {
  const isNamed = event.event !== UNNAMED || payload.type !== "object";
  const { type: ofPayload, event_type: ofInteraction } = isNamed ? {} : payload.value;
  const type = isNamed ? event.event : (asString(ofPayload) ?? asString(ofInteraction) ?? UNNAMED);
  return cut(type, LONGEST_TYPE);
}

function isUnrecognized({ type }: Fact): boolean {
  return type === "unrecognized";
}

/** Whether a fact shows that its dialect is spoken; many end by `[DONE]`. */
function isKnown({ type }: Fact): boolean {
  return type !== "unrecognized" && type !== "unreadable" && type !== "done-sentinel";
}
