// The fast path. Most of a stream is deltas that differ in a few characters. Once two such events were read the long
// way, and the second only added text, the events that continue them are recognised in the bytes and read at once.
// Anything that differs in another way is read the long way. The fast path changes only the speed, not the result.
import type { DeltaPlaces } from "../dialects/dialect.ts";
import { isTextDelta, type TextDelta } from "../model/facts.ts";
import type { Ahead } from "../framing/framing.ts";
import type { Reading } from "../model/reading.ts";
import type { Stretch } from "../model/stretch.ts";
import { type Recogniser, recogniser } from "./recogniser.ts";
import type { Mould, Shape } from "./shape.ts";
import { createShapes } from "./shapes.ts";

export interface StretchReader {
  /** Takes an event that was read the long way. `isQuiet`: no rule found anything in it. */
  note(reading: Reading, isQuiet: boolean): void;
  /** The stretch that begins there, up to the end of the chunk; null if there is none. */
  take(ahead: Ahead): Stretch | null;
}

/** A shape pays off if it matches at least this many events. */
const FEWEST_EVENTS = 2;
/**
 * If shapes do not pay off, for example because each event has its own id, they are made less and less often, down to
 * this.
 */
const MOST_EVENTS_BETWEEN = 1024;

/**
 * The first shape of a stream is made only if so many events of this length fit into the rest of the chunk: loading the
 * recogniser takes as long as reading them.
 */
const FEWEST_AHEAD = 16;

export interface StretchReaderOptions {
  /** Returns the recogniser; null if there is none, and every event is read the long way. */
  readonly load?: (() => Recogniser | null) | undefined;
  /** Smaller in tests. */
  readonly fewestAhead?: number | undefined;
}

/** `placesOf`: where the dialect finds the varying values of an event that it has read. */
export function createStretchReader(
  placesOf: (reading: Reading) => DeltaPlaces | null,
  { load = recogniser, fewestAhead = FEWEST_AHEAD }: StretchReaderOptions = {},
): StretchReader {
  const shapes = createShapes();
  let leastAhead = fewestAhead;
  /** The last event that was read the long way, and its text, if others may be like it. */
  let like: { readonly reading: Reading; readonly delta: TextDelta } | null = null;
  /** The shape of the events that follow, and the recogniser that finds them; null if unknown. */
  let likeness: { readonly shape: Shape; readonly recogniser: Recogniser } | null = null;
  /** A second event matched the first, so further ones cannot change any listener's state. */
  let isProven = false;
  /** It needs no second event. */
  let isTrusted = false;
  /**
   * Moulds with two matching events. As long as no rule has found anything, later texts with the same mould need no
   * second event: they differ only in ids and indexes.
   */
  let proven: WeakSet<Mould> | null = new WeakSet();
  let sequenceNumber: number | null = null;
  /** Events that matched the current shape. */
  let recognised = 0;
  /** Events still to read before the next shape is made, and the number waited last time. */
  let wait = 0;
  let lastWait = 0;

  /** Makes a shape from the last event, if all of it is in the chunk. */
  function learn({ bytes, from, offset }: Ahead): void {
    if (like === null || wait > 0) return;
    const { reading } = like;
    const start = from - (offset - reading.event.offset);
    if (start < 0 || !mayBeAlike(bytes, start, from)) return;
    const places = placesOf(reading);
    if (places === null) return;
    const shape = shapes.of(reading.event, places, bytes.subarray(start, from));
    const found = shape && load();
    leastAhead = 1;
    likeness = shape && found && { shape, recogniser: found };
    if (likeness === null) forget();
    else isTrusted = proven?.has(likeness.shape.mould) === true;
  }

  /** Whether the shape finds this text in an event. */
  function isOfShape({ event, sequenceNumber }: Reading, text: string): boolean {
    if (likeness === null || event.event !== likeness.shape.name) return false;
    const { before, behind } = likeness.shape.lines;
    return likeness.recogniser.isOf(likeness.shape, before + event.data + behind, sequenceNumber, text);
  }

  function forget(): void {
    lastWait = recognised < FEWEST_EVENTS ? Math.min(lastWait * 2 + 1, MOST_EVENTS_BETWEEN) : 0;
    wait = lastWait;
    likeness = null;
    isProven = false;
    isTrusted = false;
    recognised = 0;
  }

  return {
    note(reading, isQuiet) {
      if (!isQuiet) proven = null;
      const delta = isQuiet ? deltaOf(reading) : null;
      // A text that begins with the one before may be the text so far, which a rule checks delta by delta.
      const before = like?.delta.text;
      const isLonger =
        delta !== null && before !== undefined && delta.text.length > before.length && delta.text.startsWith(before);
      like = delta && { reading, delta };
      ({ sequenceNumber } = reading);
      wait = Math.max(wait - 1, 0);
      if (likeness === null) return;
      isProven = delta !== null && !isLonger && isOfShape(reading, delta.text);
      if (isProven) proven?.add(likeness.shape.mould);
      else forget();
    },
    take(ahead) {
      const { bytes, from, index, line, offset } = ahead;
      // If events arrive one by one, there is nothing to gain.
      if (like === null || bytes.length - from < like.reading.event.length * leastAhead) return null;
      if (likeness === null) learn(ahead);
      if (likeness === null || !(isProven || isTrusted)) return null;
      const { shape, recogniser } = likeness;
      const next = sequenceNumber === null ? null : sequenceNumber + 1;
      const found = recogniser.find(shape, bytes, from, next);
      if (found === null) return null;
      // If the text may be the text so far, the next event is also read the long way.
      if (!isProven && beginsWith(found.text.utf8, like.delta.text)) {
        isTrusted = false;
        return null;
      }
      isProven = true;
      const { events, text, lastFrom, end } = found;
      recognised += events;
      if (sequenceNumber !== null) sequenceNumber += events;
      const lines = events * shape.lines.count;
      const { reading, delta } = like;
      return {
        like: reading,
        text,
        delta: {
          ...delta,
          get text() {
            return text.toString();
          },
        },
        events,
        lines,
        bytes: end - from,
        last: {
          index: index + events - 1,
          line: line + lines - shape.lines.count,
          offset: offset + lastFrom - from,
        },
        sequenceNumber,
      };
    },
  };
}

const LF = 0x0a;
const EVENT_FIELD = Buffer.from("event:");

/**
 * Whether the event at `from` may be like the one between `start` and `from`: false if that one begins with its event
 * name and the next has another name. This check is cheaper than making a shape.
 */
function mayBeAlike(bytes: Buffer, start: number, from: number): boolean {
  if (!bytes.subarray(start, start + EVENT_FIELD.length).equals(EVENT_FIELD)) return true;
  const name = bytes.subarray(start, Math.min(from, bytes.indexOf(LF, start) + 1));
  return bytes.subarray(from, from + name.length).equals(name);
}

/** The delta, if it is all that an event contains; null if the event contains anything else, or nothing new. */
function deltaOf({ facts, pending }: Reading): TextDelta | null {
  const [fact] = facts;
  const isDelta = fact !== undefined && facts.length === 1 && isTextDelta(fact);
  return isDelta && fact.text !== "" && fact.late !== true && !pending ? fact : null;
}

/** Whether the UTF-8 begins with a text. */
function beginsWith(utf8: Buffer, text: string): boolean {
  return utf8.toString("utf8", 0, text.length * MOST_BYTES_PER_UNIT).startsWith(text);
}

/** Bytes of UTF-8 for one UTF-16 code unit. */
const MOST_BYTES_PER_UNIT = 3;
