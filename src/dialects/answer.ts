// The contract for whole responses: takes the events of a stream, gives the JSON document that the API sends without
// streaming. Implementations are in the folders of their dialects; `answers.ts` collects them.
import type { JsonObject } from "../model/payload.ts";
import type { WireEvent } from "../model/wire.ts";

export interface Answer {
  /** Adds an event of the stream. */
  add(payload: JsonObject, event: WireEvent): void;
  /** The document; null if the events so far are not a whole response, or report an error. */
  document(): JsonObject | null;
}

/** A document while it is being built. */
export type Draft = Record<string, unknown>;
