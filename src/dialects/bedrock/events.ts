// The events of ConverseStream: in a binary frame a header names the event; decoded, the object's only member does.
import { asIndex, asObject, asString, type JsonObject } from "../../model/payload.ts";
import type { WireEvent } from "../../model/wire.ts";

export interface BedrockEvent {
  readonly name: string;
  readonly inner: JsonObject;
}

/** Event names, each with a field that events of this dialect must have. */
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

/** Whether an event can only be of this dialect. */
export function isOwnEvent({ event }: WireEvent, value: JsonObject): boolean {
  return isSign(event, value) || memberOf(value, isSign) !== null;
}

/** The name and content of an event; null if it is unknown. */
export function readBedrockEvent({ event }: WireEvent, value: JsonObject): BedrockEvent | null {
  return isSign(event, value) ? { name: event, inner: value } : memberOf(value, isKnown);
}

/** The index of an event's content block. */
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
