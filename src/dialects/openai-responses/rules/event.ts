// An event of OpenAI's Responses API, as the rules that know its grammar look at it.
import { isTextDelta } from "../../../model/facts.ts";
import { asIndex, asString, type JsonObject } from "../../../model/payload.ts";
import type { ReadEvent } from "../../../model/dialect-traits.ts";
import { requiredFields, type RequiredField } from "./required-fields.ts";

export const ITEM_ADDED = "response.output_item.added";
export const ITEM_DONE = "response.output_item.done";

/** Whether an event tells of nothing but one more piece of a text, as most do. */
export function isPlainDelta({ facts }: ReadEvent): boolean {
  const [fact] = facts;
  return fact !== undefined && facts.length === 1 && isTextDelta(fact);
}

/** An event's payload; null where it has none that can be read, or is of a type that is not known: no fault is in that. */
export function payloadOf({ payload, facts }: ReadEvent): JsonObject | null {
  if (payload.type !== "object") return null;
  for (const fact of facts) if (fact.type === "unrecognized") return null;
  return payload.value;
}

/** An event's type; servers that leave it out of the payload name the event by it. */
export function typeOf(value: JsonObject, { event }: ReadEvent): string {
  return asString(value.type) ?? event.event;
}

/** Whether an event is about one item. Those of audio are not, for they name none. */
export function isOfItem(value: JsonObject, type: string): boolean {
  return (
    typeof value.item_id === "string" ||
    asIndex(value.output_index) !== null ||
    requiredFields(type)?.some(isOutputIndex) === true
  );
}

/** Position of the item that an event is about: as it says itself, else as the dialect took it. */
export function positionOf(value: JsonObject, { facts }: ReadEvent): number | null {
  const index = asIndex(value.output_index);
  if (index !== null) return index;
  for (const fact of facts) if ("item" in fact) return fact.item;
  return null;
}

function isOutputIndex({ name }: RequiredField): boolean {
  return name === "output_index";
}
