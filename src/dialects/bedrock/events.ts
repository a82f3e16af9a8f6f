// The events of ConverseStream: in a binary frame a header names the event; decoded, it is an object whose only member does.
import { asIndex, asObject, asString, type JsonObject } from "../../model/payload.ts";
import type { WireEvent } from "../../model/wire.ts";

export interface BedrockEvent {
  readonly name: string;
  readonly inner: JsonObject;
}

/** The events, each with the field without which it is none of this dialect. */
const SIGNS = new Map<string, (inner: JsonObject) => boolean>([
  ["messageStart", ({ role }) => asString(role) !== null],
  ["contentBlockStart", ({ contentBlockIndex: index }) => asIndex(index) !== null],
  ["contentBlockDelta", ({ contentBlockIndex: index }) => asIndex(index) !== null],
  ["contentBlockStop", ({ contentBlockIndex: index }) => asIndex(index) !== null],
  ["messageStop", ({ stopReason }) => asString(stopReason) !== null],
  ["metadata", ({ usage }) => asIndex(asObject(usage)?.inputTokens) !== null],
]);

/** internalServerException, modelStreamErrorException, throttlingException, validationException … */
const EXCEPTION = /^[a-z]\w*Exception$/;

/** Whether an event can be of no other dialect. */
export function isOwnEvent({ event }: WireEvent, value: JsonObject): boolean {
  return isSign(event, value) || memberOf(value, isSign) !== null;
}

/** The name of an event and what it holds; null if it is not known. */
export function readBedrockEvent({ event }: WireEvent, value: JsonObject): BedrockEvent | null {
  return isSign(event, value) ? { name: event, inner: value } : memberOf(value, isKnown);
}

/** Which content block an event is of. */
export function blockIndexOf({ contentBlockIndex: index }: JsonObject): number {
  return asIndex(index) ?? 0;
}

function isSign(name: string, inner: JsonObject): boolean {
  return SIGNS.get(name)?.(inner) ?? (EXCEPTION.test(name) && asString(inner.message) !== null);
}

function isKnown(name: string): boolean {
  return SIGNS.has(name) || EXCEPTION.test(name);
}

/** The member that names the event. */
function memberOf(value: JsonObject, is: (name: string, inner: JsonObject) => boolean): BedrockEvent | null {
  for (const [name, member] of Object.entries(value)) {
    const inner = asObject(member);
    if (inner !== null && is(name, inner)) return { name, inner };
  }
  return null;
}
