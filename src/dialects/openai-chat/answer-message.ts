// The message of a choice, built from its deltas.
import { asId, asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Draft } from "../answer.ts";
import { append, entryAt, inOrder, update } from "../reader/draft.ts";

export interface Message {
  add(delta: JsonObject): void;
  whole(): JsonObject;
}

/** Fields that a later delta repeats; any other text is appended. */
const STATED: ReadonlySet<string> = new Set(["role", "id", "type", "name", "format"]);

export function createMessage(): Message {
  const message: Draft = { role: "assistant", content: null };
  const calls = new Map<number, Draft>();

  /** Where the call with an index is; some servers give every call the index 0 and its own id. */
  const places = new Map<number, number>();

  function addCall(call: JsonObject, position: number): void {
    const { index, id: given, function: called, custom, ...fields } = call;
    // Mistral's models have sent the string "null" for no id.
    const id = given === "null" ? null : asId(given);
    const isNamed = asId(asObject(called)?.name) !== null || asId(asObject(custom)?.name) !== null;
    const slot = asIndex(index) ?? position;
    const before = calls.get(places.get(slot) ?? -1);
    const isOther = before?.id !== undefined && id !== null && before.id !== id && isNamed;
    if (before === undefined || isOther) places.set(slot, calls.size);
    const known = entryAt(calls, places.get(slot) ?? calls.size, (): Draft => ({}));
    update(known, { id, ...fields });
    // Without input there is an empty text.
    if (asObject(called) !== null) known.function = { arguments: "", ...addedTo(known.function, called) };
    if (asObject(custom) !== null) known.custom = { input: "", ...addedTo(known.custom, custom) };
  }

  return {
    add({ tool_calls, ...delta }) {
      asObjects(tool_calls).forEach(addCall);
      addFields(message, delta);
    },
    whole: () => ({ ...message, ...(calls.size > 0 && { tool_calls: inOrder(calls) }) }),
  };
}

function addedTo(before: unknown, added: unknown): JsonObject {
  return joined(asObject(before) ?? {}, asObject(added) ?? {});
}

/** How deep text comes in fragments: `audio.transcript`, `reasoning_details[].text`; deeper values come whole. */
const DEEPEST = 3;

function joined(before: JsonObject, added: JsonObject, depth = 1): JsonObject {
  const draft: Draft = { ...before };
  addFields(draft, added, depth);
  return draft;
}

function addFields(draft: Draft, delta: JsonObject, depth = 0): void {
  for (const [key, value] of Object.entries(delta)) {
    const known = draft[key];
    const object = asObject(value);
    if (typeof value === "string" && Array.isArray(known)) draft[key] = joinParts(known, partsOf(value), depth);
    else if (typeof value === "string" && !STATED.has(key)) append(draft, key, value);
    else if (Array.isArray(value)) draft[key] = joinParts(Array.isArray(known) ? known : partsOf(known), value, depth);
    else if (object !== null && depth < DEEPEST) draft[key] = joined(asObject(known) ?? {}, object, depth + 1);
    else if (value !== null && value !== "") draft[key] = value;
  }
}

/** Mistral's content may be a text before or after it is a list. */
function partsOf(text: unknown): readonly unknown[] {
  return typeof text === "string" && text !== "" ? [{ type: "text", text }] : [];
}

/** Joins lists of parts: a part continues the last one if they have the same index, or else the same type. */
function joinParts(before: readonly unknown[], added: readonly unknown[], depth: number): unknown[] {
  const parts = [...before];
  for (const entry of added) {
    const last = asObject(parts.at(-1));
    const part = asObject(entry);
    const goesOn = last !== null && part !== null && TEXTS.has(asString(part.type) ?? "") && isSame(last, part);
    if (goesOn && depth < DEEPEST) parts[parts.length - 1] = joined(last, part, depth + 1);
    else parts.push(entry);
  }
  return parts;
}

/** Parts whose text comes in fragments: Mistral's content, OpenRouter's reasoning details. */
const TEXTS: ReadonlySet<string> = new Set(["text", "thinking", "reasoning.text", "reasoning.summary"]);

function isSame(a: JsonObject, b: JsonObject): boolean {
  return a.type === b.type && a.index === b.index;
}
