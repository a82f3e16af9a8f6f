// The fast path. Most of a stream is deltas that are alike but for a few characters. Once two such events were read the
// long way, and the second did nothing but add text, those that go on like it are recognised in the bytes and read at once.
// What is not exactly like them is read the long way. Without this, all is the same, and slower.
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
  /** The stretch that begins there, as far as the chunk goes; null where there is none. */
  take(ahead: Ahead): Stretch | null;
}

/** A shape that fewer events were of was not worth making. */
const FEWEST_EVENTS = 2;
/** Where none is worth it, as where each event has an id of its own, they are made ever more seldom, down to this. */
const MOST_EVENTS_BETWEEN = 1024;

/**
 * `placesOf`: what the dialect says of an event that it has read. `load`: gives what finds events; null where nothing can,
 * and every event is read the long way.
 */
export function createStretchReader(
  placesOf: (reading: Reading) => DeltaPlaces | null,
  load: () => Recogniser | null = recogniser,
): StretchReader {
  const shapes = createShapes();
  /** The last event that was read the long way, and its text, if others may be like it. */
  let like: { readonly reading: Reading; readonly delta: TextDelta } | null = null;
  /** What the events look like that follow, and what finds them; null: that is not known. */
  let likeness: { readonly shape: Shape; readonly recogniser: Recogniser } | null = null;
  /** A second event was like the first: what the first did to those who remember things, the next do no more. */
  let isProven = false;
  /** It needs no second event. */
  let isTrusted = false;
  /**
   * Moulds of which a second event was like the first. As long as no rule has found anything, the texts that are made in
   * them later need no second event: they differ in ids and indexes alone.
   */
  let proven: WeakSet<Mould> | null = new WeakSet();
  let sequenceNumber: number | null = null;
  /** Events that were of the shape in hand. */
  let recognised = 0;
  /** Events to read before a shape is made again, and what they were the last time. */
  let wait = 0;
  let lastWait = 0;

  /** Makes a shape of the last event, if all of it is in the chunk. */
  function learn({ bytes, from, offset }: Ahead): void {
    if (like === null || wait > 0) return;
    const { reading } = like;
    const start = from - (offset - reading.event.offset);
    if (start < 0 || !mayBeAlike(bytes, start, from)) return;
    const places = placesOf(reading);
    if (places === null) return;
    const shape = shapes.of(reading.event, places, bytes.subarray(start, from));
    const found = shape && load();
    likeness = shape && found && { shape, recogniser: found };
    if (likeness === null) forget();
    else isTrusted = proven?.has(likeness.shape.mould) === true;
  }

  /** Whether the shape says of an event that it has this text. */
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
      // One that begins with the one before may be the text so far, which a rule watches for delta by delta.
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
      // Where events come one by one, nothing is to be gained.
      if (like === null || bytes.length - from < like.reading.event.length) return null;
      if (likeness === null) learn(ahead);
      if (likeness === null || !(isProven || isTrusted)) return null;
      const { shape, recogniser } = likeness;
      const next = sequenceNumber === null ? null : sequenceNumber + 1;
      const found = recogniser.find(shape, bytes, from, next);
      if (found === null) return null;
      // Of one that may be the text so far, the next is read the long way, too.
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
 * Whether the event at `from` may be like the one at `start`, which ends there: false where that begins with its name, and
 * the next has another one. To make a shape takes longer than to look.
 */
function mayBeAlike(bytes: Buffer, start: number, from: number): boolean {
  if (!bytes.subarray(start, start + EVENT_FIELD.length).equals(EVENT_FIELD)) return true;
  const name = bytes.subarray(start, Math.min(from, bytes.indexOf(LF, start) + 1));
  return bytes.subarray(from, from + name.length).equals(name);
}

/** The delta that is all an event tells; null where it tells something else, or nothing new. */
function deltaOf({ facts, pending }: Reading): TextDelta | null {
  const [fact] = facts;
  const isDelta = fact !== undefined && facts.length === 1 && isTextDelta(fact);
  return isDelta && fact.text !== "" && fact.late !== true && !pending ? fact : null;
}

/** Whether UTF-8 begins with a text. */
function beginsWith(utf8: Buffer, text: string): boolean {
  return utf8.toString("utf8", 0, text.length * MOST_BYTES_PER_UNIT).startsWith(text);
}

/** Of UTF-8, to a UTF-16 code unit. */
const MOST_BYTES_PER_UNIT = 3;
