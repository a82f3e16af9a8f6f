// The fast path. Most of a stream is deltas that differ in a few characters. Once two such events of a text were read
// the long way, and the second only added to it, the events that continue it are recognised in the bytes and read at
// once; so are those of a few other texts that alternate with it. Anything else is read the long way. The fast path
// changes only the speed, not the result.
import type { DeltaPlaces } from "../dialects/dialect.ts";
import { isTextDelta, type TextDelta } from "../model/facts.ts";
import type { Ahead } from "../framing/framing.ts";
import type { Reading } from "../model/reading.ts";
import type { Stretch } from "../model/stretch.ts";
import { type Recogniser, recogniser } from "./recogniser.ts";
import type { Mould } from "./shape.ts";
import { createShapes } from "./shapes.ts";
import { type DeltaReading, StreamedText } from "./streamed-text.ts";

export interface StretchReader {
  /** Takes an event that was read the long way. `isQuiet`: no rule found anything in it. */
  note(reading: Reading, isQuiet: boolean): void;
  /** The stretch that begins there, up to the end of the chunk or an event of another text; null if there is none. */
  take(ahead: Ahead): Stretch | null;
}

/** Limit on texts known at once, whose shapes all fit into the module's memory. */
const MOST_TEXTS = 8;
/** Shapes pay off if they match at least this many events. */
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
  /** The texts since the last event that was not a delta, the one that went on last at the end. */
  let texts: StreamedText[] = [];
  /** The text of the last event that was read the long way; null if others cannot be like it. */
  let current: StreamedText | null = null;
  /** That event is the last one, and its shape is unknown. */
  let canLearn = false;
  /** The text of the last stretch, if it ended here: the next event is not of this text. */
  let ended: StreamedText | null = null;
  /**
   * Moulds with two matching events. As long as no rule has found anything, later texts with the same mould need no
   * second event: they differ only in ids and indexes.
   */
  let proven: WeakSet<Mould> | null = new WeakSet();
  let sequenceNumber: number | null = null;
  /** Events that matched the current shapes. */
  let recognised = 0;
  /** Events still to read before the next shape is made, and the number waited last time. */
  let wait = 0;
  let lastWait = 0;

  /** Makes a shape from the last event, if all of it is in the chunk. */
  function learn({ bytes, from, offset }: Ahead, text: StreamedText): void {
    canLearn = false;
    const { reading } = text.like;
    const start = from - (offset - reading.event.offset);
    if (wait > 0 || start < 0 || !mayGoOn(bytes, from, texts)) return;
    const places = placesOf(reading);
    if (places === null) return;
    const shape = shapes.of(reading.event, places, bytes.subarray(start, from));
    const found = shape && load();
    leastAhead = 1;
    if (shape === null || found === null) pause();
    else text.learn(shape, found, proven?.has(shape.mould) === true ? "mould" : "none");
  }

  /** Waits before the next shape is made, if the last ones did not pay off. */
  function pause(): void {
    lastWait = recognised < FEWEST_EVENTS ? Math.min(lastWait * 2 + 1, MOST_EVENTS_BETWEEN) : 0;
    wait = lastWait;
    recognised = 0;
  }

  function forget(some: readonly StreamedText[]): void {
    if (some.some(({ shape }) => shape !== null)) pause();
    texts = texts.filter((text) => !some.includes(text));
  }

  /** Takes a delta that was read the long way. */
  function noteDelta(next: DeltaReading): StreamedText {
    const known = texts.find((text) => text.includes(next.delta));
    if (known === undefined && texts.length >= MOST_TEXTS) forget(texts.slice(0, 1));
    const text = known ?? new StreamedText(next);
    if (known === undefined) texts.push(text);
    else if (!known.note(next)) pause();
    moveToEnd(texts, text);
    if (text.shape !== null) proven?.add(text.shape.mould);
    // An event of another form may change what the next deltas of other texts do.
    else for (const other of texts) other.doubt();
    return text;
  }

  return {
    note(reading, isQuiet) {
      if (!isQuiet) proven = null;
      const delta = isQuiet ? deltaOf(reading) : null;
      if (delta === null) forget(texts);
      ({ sequenceNumber } = reading);
      wait = Math.max(wait - 1, 0);
      current = delta && noteDelta({ reading, delta });
      canLearn = current?.shape === null;
      ended = null;
    },
    take(ahead) {
      if (current === null) return null;
      const { event, atMs } = current.like.reading;
      // If events arrive one by one, there is nothing to gain.
      if (ahead.bytes.length - ahead.from < event.length * leastAhead) return null;
      if (canLearn) learn(ahead, current);
      // The text that paused longest is the next one if texts take turns.
      for (const text of texts) {
        const stretch = text === ended ? null : text.take(ahead, sequenceNumber, atMs);
        if (stretch === null) continue;
        recognised += stretch.events;
        ({ sequenceNumber } = stretch);
        ended = text;
        moveToEnd(texts, text);
        return stretch;
      }
      return null;
    },
  };
}

function moveToEnd<Item>(items: Item[], item: Item): void {
  items.copyWithin(items.indexOf(item), items.indexOf(item) + 1);
  items[items.length - 1] = item;
}

const LF = 0x0a;
/** An event line, and the name on it. */
const EVENT_LINE = /^event: ?([^\r\n]*)/;

/**
 * Whether the event at `from` may continue a text: false if it begins with its name, and no delta of these texts had
 * this name. This check is cheaper than making a shape.
 */
function mayGoOn(bytes: Buffer, from: number, texts: readonly StreamedText[]): boolean {
  const [, name] = EVENT_LINE.exec(bytes.toString("latin1", from, bytes.indexOf(LF, from))) ?? [];
  return name === undefined || texts.some(({ like }) => like.reading.event.event === name);
}

/** The delta, if it is all that an event contains; null if the event contains anything else, or nothing new. */
function deltaOf({ facts, pending }: Reading): TextDelta | null {
  const [fact] = facts;
  const isDelta = fact !== undefined && facts.length === 1 && isTextDelta(fact);
  return isDelta && fact.text !== "" && fact.late !== true && !pending ? fact : null;
}
