// A whole response as the data of an event, where the events of a stream were meant.
import { asString, type JsonObject } from "../../model/payload.ts";

/** Whether a payload is a response itself, and no event that carries one. */
export function isBareResponse(value: JsonObject): boolean {
  return value.object === "response" && value.type === undefined && asString(value.status) !== null;
}
