// The contract of whole answers: the events of a stream in, the JSON document out that the API sends if no stream is asked
// for. Implementations are in the folders of their dialects, and collected in `answers.ts`.
import type { JsonObject } from "../model/payload.ts";
import type { WireEvent } from "../model/wire.ts";

export interface Answer {
  /** Adds an event of the stream. */
  add(payload: JsonObject, event: WireEvent): void;
  /** The document; null if the events so far are not a whole response, or report an error. */
  document(): JsonObject | null;
}

/** A document in the making. */
export type Draft = Record<string, unknown>;
