// The arguments of calls in the events that end them.
import type { ReadEvent, StatedArguments } from "../../model/dialect-traits.ts";
import { asObject, asString } from "../../model/payload.ts";
import { ITEM_DONE, payloadOf, positionOf, typeOf } from "./rules/event.ts";

/** The events that end arguments; those of custom tools are not JSON. */
const ARGUMENTS_DONE: ReadonlySet<string> = new Set([
  "response.function_call_arguments.done",
  "response.mcp_call_arguments.done",
]);
/** The items whose arguments are JSON text. */
const CALLS: ReadonlySet<unknown> = new Set(["function_call", "mcp_call"]);
/** The status of an item that was cut. */
const CUT_STATUS = "incomplete";

/** The complete arguments in an event; null if it has none. */
export function statedArguments(event: ReadEvent): StatedArguments | null {
  const value = payloadOf(event);
  if (value === null) return null;
  const type = typeOf(value, event);
  if (type !== ITEM_DONE && !ARGUMENTS_DONE.has(type)) return null;
  const position = positionOf(value, event);
  const call = type === ITEM_DONE ? (asObject(value.item) ?? {}) : value;
  if (position === null || (type === ITEM_DONE && !CALLS.has(call.type))) return null;
  const isCut = type === ITEM_DONE && call.status === CUT_STATUS;
  return { item: position, name: asString(call.name), text: asString(call.arguments), isCut };
}
