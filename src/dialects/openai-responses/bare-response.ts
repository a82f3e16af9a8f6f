// Detects a whole response as the data of an event, in place of stream events.
import { asString, type JsonObject } from "../../model/payload.ts";

/** Whether a payload is a response itself, not an event that carries one. */
export function isBareResponse(value: JsonObject): boolean {
  return value.object === "response" && value.type === undefined && asString(value.status) !== null;
}
