// How the pieces of a stream are put together in a document.
import { asObject, asString, type JsonObject } from "../../model/payload.ts";
import type { Draft } from "../answer.ts";

/** Appends a piece of text to a field; what is not text adds nothing. */
export function append(draft: Draft, key: string, piece: unknown): void {
  if (typeof piece === "string") draft[key] = (asString(draft[key]) ?? "") + piece;
}

/** Sets the fields that say something: null and what is left out keep what is known. */
export function update(draft: Draft, fields: JsonObject | null): void {
  for (const [key, value] of Object.entries(fields ?? {})) {
    if (value !== null && value !== undefined) draft[key] = value;
  }
}

/** The entry at a key, which `create` makes if there is none. */
export function entryAt<Entry>(entries: Map<number, Entry>, key: number, create: () => Entry): Entry {
  const known = entries.get(key);
  if (known !== undefined) return known;
  const created = create();
  entries.set(key, created);
  return created;
}

/** The entries in the order of their keys. */
export function inOrder<Entry>(entries: ReadonlyMap<number, Entry>): Entry[] {
  return [...entries].sort(([a], [b]) => a - b).map(([, entry]) => entry);
}

/** The object that JSON text is, as calls have for input; the text itself where it is not one, and `{}` for none. */
export function inputOf(text: string): unknown {
  if (text.trim() === "") return {};
  try {
    return asObject(JSON.parse(text)) ?? text;
  } catch {
    return text;
  }
}
