// One of the texts of a stream: once the shape of its deltas is known, takes those that follow at once.
import type { Ahead } from "../framing/framing.ts";
import type { TextDelta } from "../model/facts.ts";
import type { Reading } from "../model/reading.ts";
import type { Stretch, StretchText } from "../model/stretch.ts";
import type { Recogniser } from "./recogniser.ts";
import type { Shape } from "./shape.ts";

/** A reading whose only content is a delta. */
export interface DeltaReading {
  readonly reading: Reading;
  readonly delta: TextDelta;
}

/**
 * Why further deltas cannot change any listener's state. `proof`: one like them was read the long way after the first
 * delta of each other text, and no rule found anything in it. `mould`: that holds for another text with the same mould.
 */
export type Trust = "none" | "mould" | "proof";

/** The form of its deltas, and what finds them. */
interface Likeness {
  readonly shape: Shape;
  readonly recogniser: Recogniser;
}

export class StreamedText {
  /** Its last delta that was read the long way. */
  #like: DeltaReading;
  #likeness: Likeness | null = null;
  #trust: Trust = "none";

  constructor(first: DeltaReading) {
    this.#like = first;
  }

  get like(): DeltaReading {
    return this.#like;
  }

  /** Null if unknown. */
  get shape(): Shape | null {
    return this.#likeness?.shape ?? null;
  }

  /** Whether a delta is of this text. */
  includes({ type, response, item, part }: TextDelta): boolean {
    const { delta } = this.#like;
    return type === delta.type && item === delta.item && part === delta.part && response === delta.response;
  }

  /** Takes a delta of this text that was read the long way. Forgets a shape that it does not have, and returns false. */
  note(next: DeltaReading): boolean {
    const { text: before } = this.#like.delta;
    const { text } = next.delta;
    this.#like = next;
    // A text that begins with the one before may be the text so far, which a rule checks delta by delta.
    const isLonger = text.length > before.length && text.startsWith(before);
    if (this.#likeness === null) return true;
    const isAlike = !isLonger && isOf(this.#likeness, next);
    if (!isAlike) this.#likeness = null;
    this.#trust = isAlike ? "proof" : "none";
    return isAlike;
  }

  learn(shape: Shape, recogniser: Recogniser, trust: Trust): void {
    this.#likeness = { shape, recogniser };
    this.#trust = trust;
  }

  /** The next delta must be read the long way. */
  doubt(): void {
    this.#trust = "none";
  }

  /**
   * The stretch of its deltas that begins there; null if there is none. `previous`: the sequence number of the event
   * before, `atMs`: when the chunk arrived.
   */
  take({ bytes, from, index, line, offset }: Ahead, previous: number | null, atMs: number | null): Stretch | null {
    if (this.#likeness === null || this.#trust === "none") return null;
    const { shape, recogniser } = this.#likeness;
    const first = shape.hasNumber && previous !== null ? previous + 1 : null;
    const found = recogniser.find(shape, bytes, from, first);
    if (found === null) return null;
    const { events, text, lastFrom, end } = found;
    const { delta } = this.#like;
    // If the text may be the text so far, the next event is also read the long way.
    if (this.#trust === "mould" && beginsWith(text, delta.text)) {
      this.doubt();
      return null;
    }
    this.#trust = "proof";
    const lines = events * shape.lines.count;
    return {
      like: this.#likeAt(atMs),
      delta,
      text,
      events,
      lines,
      bytes: end - from,
      last: {
        index: index + events - 1,
        line: line + lines - shape.lines.count,
        offset: offset + lastFrom - from,
      },
      sequenceNumber: first === null ? null : first + events - 1,
    };
  }

  /** Its last delta, as if it had arrived with this chunk. */
  #likeAt(atMs: number | null): Reading {
    const { reading, delta } = this.#like;
    if (reading.atMs !== atMs) this.#like = { reading: { ...reading, atMs }, delta };
    return this.#like.reading;
  }
}

/** Whether an event has the shape, and the shape finds its text. */
function isOf({ shape, recogniser }: Likeness, { reading, delta }: DeltaReading): boolean {
  const { event, sequenceNumber } = reading;
  if (event.event !== shape.name) return false;
  const { before, behind } = shape.lines;
  return recogniser.isOf(shape, before + event.data + behind, sequenceNumber, delta.text);
}

function beginsWith(whole: StretchText, text: string): boolean {
  const beginning = whole.utf8?.toString("utf8", 0, text.length * MOST_BYTES_PER_UNIT) ?? whole.toString();
  return beginning.startsWith(text);
}

/** Bytes of UTF-8 for one UTF-16 code unit. */
const MOST_BYTES_PER_UNIT = 3;
