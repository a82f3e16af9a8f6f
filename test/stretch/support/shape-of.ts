import type { DeltaPlaces } from "../../../src/dialects/dialect.ts";
import type { WireEvent } from "../../../src/model/wire.ts";
import type { EventLines } from "../../../src/stretch/event-lines.ts";
import { mouldOf, type Shape, shapeFrom } from "../../../src/stretch/shape.ts";

/** The shape of an event; null if it has none. */
export function shapeOf(event: WireEvent, places: DeltaPlaces, lines: EventLines): Shape | null {
  const mould = mouldOf(event, places, lines);
  return mould && shapeFrom(mould, Buffer.from(lines.before + event.data + lines.behind).toString("latin1"));
}
