// The shapes of a stream. The shapes of the deltas of all its texts differ in a few values, and are made from one
// mould.
import type { DeltaPlaces } from "../dialects/dialect.ts";
import type { WireEvent } from "../model/wire.ts";
import { linesOf } from "./event-lines.ts";
import { LONGEST_EVENT, type Mould, mouldOf, type Shape, shapeFrom } from "./shape.ts";

export interface Shapes {
  /** The shape of an event that is all of `bytes`; null if it has none. */
  of(event: WireEvent, places: DeltaPlaces, bytes: Buffer): Shape | null;
}

/** Limit on kept moulds; a stream has a few. */
const MOST_MOULDS = 16;

export function createShapes(): Shapes {
  /** By the name of the events and the place of their text. */
  const moulds = new Map<string, Mould>();

  return {
    of(event, places, bytes) {
      if (bytes.length > LONGEST_EVENT) return null;
      const key = `${event.event} ${places.text}`;
      const written = bytes.toString("latin1");
      const known = moulds.get(key);
      const shape = known !== undefined && areSame(known.places, places) ? shapeFrom(known, written) : null;
      if (shape !== null) return shape;
      const lines = linesOf(event, bytes);
      const mould = lines && mouldOf(event, places, lines);
      if (mould === null) return null;
      if (moulds.size >= MOST_MOULDS) moulds.clear();
      moulds.set(key, mould);
      return shapeFrom(mould, written);
    },
  };
}

function areSame(one: DeltaPlaces, other: DeltaPlaces): boolean {
  return one.text === other.text && one.number === other.number && one.padding === other.padding;
}
