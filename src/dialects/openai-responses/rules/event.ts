// Parts of an event of OpenAI's Responses API, for the rules on its grammar.
import { isTextDelta } from "../../../model/facts.ts";
import { asIndex, asString, type JsonObject } from "../../../model/payload.ts";
import type { ReadEvent } from "../../../model/dialect-traits.ts";
import { requiredFields, type RequiredField } from "./required-fields.ts";

export const ITEM_ADDED = "response.output_item.added";
export const ITEM_DONE = "response.output_item.done";

/** Whether an event only adds text, as most do. */
export function isPlainDelta({ facts }: ReadEvent): boolean {
  const [fact] = facts;
  return fact !== undefined && facts.length === 1 && isTextDelta(fact);
}

/** An event's payload; null if it cannot be read or its type is unknown, which is not a fault here. */
export function payloadOf({ payload, facts }: ReadEvent): JsonObject | null {
  if (payload.type !== "object") return null;
  for (const fact of facts) if (fact.type === "unrecognized") return null;
  return payload.value;
}

/** The event's type; if the payload leaves it out, the event's name. */
export function typeOf(value: JsonObject, { event }: ReadEvent): string {
  return asString(value.type) ?? event.event;
}

/** Whether an event is about one item. Audio events are not: they name no item. */
export function isOfItem(value: JsonObject, type: string): boolean {
  return (
    typeof value.item_id === "string" ||
    asIndex(value.output_index) !== null ||
    requiredFields(type)?.some(isOutputIndex) === true
  );
}

/** Position of the item of an event: as stated, else as the dialect assigned it. */
export function positionOf(value: JsonObject, { facts }: ReadEvent): number | null {
  const index = asIndex(value.output_index);
  if (index !== null) return index;
  for (const fact of facts) if ("item" in fact) return fact.item;
  return null;
}

function isOutputIndex({ name }: RequiredField): boolean {
  return name === "output_index";
}
