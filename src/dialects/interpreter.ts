// Events in, readings out: in the dialect that the user named, or the one detected from the first events.
import type { DialectTraits } from "../model/dialect-traits.ts";
import type { Fact, StreamError } from "../model/facts.ts";
import { parsePayload, type Payload } from "../model/payload.ts";
import type { Reading } from "../model/reading.ts";
import type { Stretch } from "../model/stretch.ts";
import type { WireEvent } from "../model/wire.ts";
import { cut } from "../wording/cut.ts";
import { claimantOf, createDetection, eventTypeOf, isHeartbeat } from "./detection.ts";
import { isErrorBody } from "./generic/error-words.ts";
import { generic } from "./generic/generic.ts";
import type { DeltaPlaces, Dialect, DialectReader } from "./dialect.ts";
import { type DialectName, dialects } from "./index.ts";
import { readError, readErrorEvent, readErrorText } from "./reader/in-band-error.ts";
import { decodedFailureOf, failureOf, unwrap } from "./unwrap.ts";

export interface Interpreter {
  /** Reads an event that arrived at `atMs`. `pending`: the input ended within it. */
  read(event: WireEvent, atMs: number | null, pending: boolean): void;
  /** Reads content outside of events, if it is an error. `event` has it as data, with its place. */
  readStray(event: WireEvent, atMs: number | null): void;
  /** Reads an event without data, if the dialect has such events. */
  readWithoutData(event: WireEvent): void;
  /** Where the text is in an event that it has read as a delta; null if the dialect does not say. */
  deltaPlaces(reading: Reading): DeltaPlaces | null;
  /** Skips events that it need not read. */
  pass(stretch: Stretch): void;
  /** Reads what was held back. */
  end(): Interpretation;
}

export interface Interpretation {
  /** Null if there was no event. */
  readonly dialect: DialectTraits | null;
  /**
   * Whether some event was of this dialect. A detected dialect always fits, because an event chose it; one that the
   * user named may not.
   */
  readonly fits: boolean;
}

/** An event that waits for the dialect. `error`: it is outside of events, and reports an error. */
interface Held extends Pick<Reading, "event" | "payload" | "atMs" | "pending"> {
  readonly error: StreamError | null;
}

const TEXT: Payload = { type: "text" };
/** Maximum number of events and errors that wait, heartbeats included. */
const MOST_HELD = 64;

/** Reads events in the dialect `name`, or, if null, in the dialect detected from the first events. */
export function createInterpreter(name: DialectName | null, onReading: (reading: Reading) => void): Interpreter {
  let chosen: Dialect | null = dialects.find((entry): boolean => entry.name === name)?.load() ?? null;
  let reader: DialectReader | null = chosen?.create() ?? null;
  const detection = createDetection();
  /** The events of this stream hold other events. */
  let isWrapped = false;
  /** Events that wait until the dialect is known. */
  let held: Held[] = [];
  let events = 0;
  /** Events that are not heartbeats, and whether one of them was of the dialect. */
  let told = 0;
  let fits = false;
  /** The last event, used for what the reader held back; its place is `passed` if it was not read. */
  let last: WireEvent | null = null;
  let lastType = "";
  let passed: Stretch["last"] | null = null;

  function choose(dialect: Dialect): DialectReader {
    chosen = dialect;
    const created = dialect.create();
    reader = created;
    const waiting = held;
    held = [];
    for (const { event, payload, atMs, pending, error } of waiting) {
      readWith(created, dialect, event, payload, atMs, pending, error);
    }
    return created;
  }

  /** Reads an event, or lets it wait. Takes arguments, not an object, because it runs for each event. */
  function take(
    event: WireEvent,
    payload: Payload,
    atMs: number | null,
    pending: boolean,
    error: StreamError | null,
  ): void {
    if (reader !== null) return readWith(reader, chosen ?? generic, event, payload, atMs, pending, error);
    if (error === null && event.data !== "" && isHeartbeat(event, payload) && held.length === 0) {
      events += 1;
      return onReading(heartbeat(event, payload, atMs, pending));
    }
    const dialect = error === null ? detection.detect(event, payload) : null;
    if (dialect !== null) return readWith(choose(dialect), dialect, event, payload, atMs, pending, error);
    held.push({ event, payload, atMs, pending, error });
    if (held.length >= MOST_HELD) choose(detection.unclaimed());
  }

  /** Reports facts that belong to no event of their own; a reading covers one response. */
  function tellBeside(event: WireEvent, eventType: string, facts: readonly Fact[], atMs: number | null): void {
    const ofNobody = { sequenceNumber: null, foreignDialect: null, pending: false, wrapped: false, stray: true };
    for (const part of byResponse(facts))
      onReading({ event, payload: TEXT, eventType, facts: part, atMs, ...ofNobody, dialect: chosen ?? generic });
  }

  function readWith(
    reader: DialectReader,
    dialect: Dialect,
    event: WireEvent,
    payload: Payload,
    atMs: number | null,
    pending: boolean,
    error: StreamError | null,
  ): void {
    const stray = error !== null;
    last = event;
    passed = null;
    const all = error === null ? factsOf(reader, event, payload) : reader.fail(error);
    const [facts = all, ...others] = all.length > MOST_OF_ONE ? byResponse(all) : [];
    if (!stray) events += 1;
    // A detected dialect always fits: only one that the user named is compared with the events.
    if (name !== null && !fits && !stray && !isHeartbeat(event, payload)) {
      told += 1;
      fits = facts.some(isKnown);
    }
    const sequenceNumber = reader.sequenceNumber(payload);
    const eventType = cut(eventTypeOf(event, payload), LONGEST_TYPE);
    const isUnknown = facts[0]?.type === "unrecognized" && facts.every(isUnrecognized);
    const foreignDialect = isUnknown ? foreignTo(dialect, event, payload) : null;
    lastType = eventType;
    const wrapped = isWrapped;
    onReading({
      event,
      dialect,
      payload,
      eventType,
      sequenceNumber,
      facts,
      foreignDialect,
      atMs,
      pending,
      wrapped,
      stray,
    });
    for (const part of others) tellBeside(event, eventType, part, atMs);
  }

  return {
    read(event, atMs, pending) {
      const payload = parsePayload(event.data);
      const inside = chosen?.readsWrappers === true ? null : unwrap(event, payload, isWrapped);
      isWrapped ||= inside !== null;
      if (inside === null) take(event, payload, atMs, pending, null);
      else take(inside.event, inside.payload, atMs, pending, null);
    },
    readStray(event, atMs) {
      const error = readErrorText(event.data);
      if (error !== null) take(event, TEXT, atMs, false, error);
    },
    readWithoutData(event) {
      tellBeside(event, cut(event.event, LONGEST_TYPE), reader?.readWithoutData?.(event.event) ?? [], null);
    },
    deltaPlaces: ({ payload }) => (payload.type === "object" ? (reader?.deltaPlaces?.(payload.value) ?? null) : null),
    pass({ like, last: place }) {
      last = like.event;
      lastType = like.eventType;
      passed = place;
    },
    end() {
      if (held.length > 0) choose(detection.unclaimed());
      if (last !== null) tellBeside({ ...last, ...passed }, lastType, reader?.finish?.() ?? [], null);
      return { dialect: events === 0 ? null : (chosen ?? generic), fits: name === null || told === 0 || fits };
    },
  };
}

/** With at most this many facts, an event concerns one response; with more, it may end one and start another. */
const MOST_OF_ONE = 1;

/** Splits the facts of several responses. */
function byResponse(facts: readonly Fact[]): (readonly Fact[])[] {
  const parts: Fact[][] = [];
  let ended = false;
  for (const fact of facts) {
    const isNext = fact.type === "response-start" && ended;
    if (isNext) ended = false;
    ended ||= fact.type === "response-end";
    const part = parts.at(-1);
    if (part === undefined || isNext) parts.push([fact]);
    else part.push(fact);
  }
  return parts;
}

/** A heartbeat before the dialect is known; no reader needs it. */
function heartbeat(event: WireEvent, payload: Payload, atMs: number | null, pending: boolean): Reading {
  const eventType = cut(eventTypeOf(event, payload), LONGEST_TYPE);
  const ofNobody = { sequenceNumber: null, foreignDialect: null, wrapped: false, stray: false, dialect: generic };
  return { event, payload, eventType, facts: [{ type: "keep-alive" }], atMs, pending, ...ofNobody };
}

/** The facts of an event. One unknown to its dialect may still be a heartbeat, or report an error as text. */
function factsOf(reader: DialectReader, event: WireEvent, payload: Payload): readonly Fact[] {
  if (isPriming(event)) return [];
  const failure = failureOf(event);
  if (failure !== null) return reader.fail(failure);
  const isUnread = payload.type === "text" || payload.type === "broken-json";
  const error = (isUnread ? readErrorText(event.data) : null) ?? readErrorEvent(event.event, event.data, payload);
  if (error !== null) return reader.fail(error);
  const facts = reader.read(event, payload);
  const [first] = facts;
  const isUnknown = facts.length === 1 && (first?.type === "unrecognized" || first?.type === "unreadable");
  if (!isUnknown || event.data === "") return facts;
  const decoded = decodedFailureOf(payload);
  if (decoded !== null) return reader.fail(decoded);
  if (isHeartbeat(event, payload)) return [{ type: "keep-alive" }];
  const isBody = payload.type === "object" && payload.value.type === undefined && isErrorBody(payload.value);
  return isBody ? reader.fail(readError(payload.value)) : facts;
}

/**
 * An id without data at the very beginning is only a place to reconnect from:
 * https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
 */
function isPriming({ index, data, lastEventId }: WireEvent): boolean {
  return index === 0 && data === "" && lastEventId !== "";
}

/** The dialect of an event that its stream's dialect does not know; null if no other dialect claims it. */
function foreignTo(chosen: Dialect, event: WireEvent, payload: Payload): DialectTraits | null {
  const claimant = claimantOf(event, payload);
  return claimant === chosen ? null : claimant;
}

/** Maximum characters of an event type; a hostile stream could make it any length. */
const LONGEST_TYPE = 200;

function isUnrecognized({ type }: Fact): boolean {
  return type === "unrecognized";
}

/** Whether a fact shows that the stream is of its dialect; `[DONE]` does not, as many protocols end with it. */
function isKnown({ type }: Fact): boolean {
  return type !== "unrecognized" && type !== "unreadable" && type !== "done-sentinel";
}
