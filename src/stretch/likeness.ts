// What the events of a stretch look like: an event in, those that are like it found.
import { isUtf8 } from "node:buffer";
import type { DeltaPlaces } from "../dialects/dialect.ts";
import type { Ahead } from "../framing/framing.ts";
import type { WireEvent } from "../model/wire.ts";
import { linesOf, type Shape, shapeOf } from "./shape.ts";

export interface Likeness {
  readonly linesPerEvent: number;
  /** Gives the text of an event that was read, where it is like this; else null. */
  textOf(event: WireEvent): string | null;
  /**
   * The events like this, one after the other, from a place in a chunk where an event begins; the number of the first one
   * is the one after `number`. Null where there is none.
   */
  find(ahead: Ahead, number: number | null): LikeEvents | null;
}

/** Events that are alike, found in a chunk. */
export interface LikeEvents {
  readonly events: number;
  /** Their texts, put together; null where there is something in them that has to be looked at one by one. */
  readonly text: string | null;
  /** Where the last of them begins, and where it ends, in the chunk. */
  readonly lastFrom: number;
  readonly end: number;
  /** That of the last of them; null where they have none. */
  readonly sequenceNumber: number | null;
}

export interface Likenesses {
  /** What events like this one look like; null where that cannot be said for certain. */
  of(event: WireEvent, places: DeltaPlaces): Likeness | null;
}

/** Shapes that are kept, by the name of their events: a stream has a few. */
const MOST_SHAPES = 16;

/** Makes likenesses; those of events of one shape, such as the deltas of all items, share its expression. */
export function createLikenesses(): Likenesses {
  const shapes = new Map<string, Shape>();
  return {
    of(event, places) {
      const known = shapes.get(event.event);
      const likeness = known !== undefined && areSame(known.places, places) ? likenessOf(event, known) : null;
      if (likeness !== null) return likeness;
      const shape = shapeOf(event, places);
      if (shape === null) return null;
      if (shapes.size >= MOST_SHAPES) shapes.clear();
      shapes.set(event.event, shape);
      return likenessOf(event, shape);
    },
  };
}

function areSame(one: DeltaPlaces, other: DeltaPlaces): boolean {
  return one.text === other.text && one.number === other.number && one.padding === other.padding;
}

/** What is of this shape and has the same constants; null where the event itself is not of it. */
function likenessOf(event: WireEvent, shape: Shape): Likeness | null {
  const { expression, textGroup, numberGroup, constantGroups } = shape;
  const lines = linesOf(event);
  const model = matchAt(0, lines);
  if (model === null) return null;
  const constants = constantGroups.map((group) => model[group]);

  function matchAt(at: number, input: string): RegExpExecArray | null {
    expression.lastIndex = at;
    return expression.exec(input);
  }

  function isLike(match: RegExpExecArray): boolean {
    for (let place = 0; place < constantGroups.length; place += 1) {
      if (match[constantGroups[place] ?? 0] !== constants[place]) return false;
    }
    return true;
  }

  return {
    linesPerEvent: lines.split("\n").length - 1,
    textOf(event) {
      const match = matchAt(0, linesOf(event));
      return match === null || !isLike(match) ? null : unescapeJson(match[textGroup] ?? "");
    },
    find({ bytes, from, text }, number) {
      const input = text();
      const texts: string[] = [];
      let sequenceNumber = number;
      let [lastFrom, end] = [from, from];
      for (let match = matchAt(end, input); match !== null && isLike(match); match = matchAt(end, input)) {
        if (numberGroup !== null && Number(match[numberGroup]) !== (sequenceNumber ?? NaN) + 1) break;
        if (sequenceNumber !== null) sequenceNumber += 1;
        texts.push(match[textGroup] ?? "");
        lastFrom = end;
        end = expression.lastIndex;
      }
      if (texts.length === 0) return null;
      return {
        events: texts.length,
        text: decode(texts.join(""), bytes.subarray(from, end)),
        lastFrom,
        end,
        sequenceNumber,
      };
    },
  };
}

// oxlint-disable-next-line no-control-regex -- from NUL to DEL is what ASCII is
const ASCII = /^[\u0000-\u007f]*$/;
/** Found by a rule where they stand in the data as they are (`line-separator`). */
const LINE_SEPARATOR = /[\u0085\u2028\u2029]/;

/** Texts that stand in `bytes`, a character a byte, as what they say; null where a rule may find something in them. */
function decode(latin1: string, bytes: Buffer): string | null {
  if (ASCII.test(latin1)) return unescapeJson(latin1);
  // All of the bytes: what makes a character here need not have stood together there.
  if (!isUtf8(bytes)) return null;
  const text = Buffer.from(latin1, "latin1").toString();
  return LINE_SEPARATOR.test(text) ? null : unescapeJson(text);
}

/** The text that stands between the quotes of a JSON string. */
function unescapeJson(escaped: string): string {
  return escaped.includes("\\") ? String(JSON.parse(`"${escaped}"`)) : escaped;
}
