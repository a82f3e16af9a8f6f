// Joins the fragments of a stream in a document.
import { asObject, asString, type JsonObject } from "../../model/payload.ts";
import type { Draft } from "../answer.ts";

/** Appends text to a field; ignores anything that is not text. */
export function append(draft: Draft, key: string, piece: unknown): void {
  if (typeof piece === "string") draft[key] = (asString(draft[key]) ?? "") + piece;
}

/** Sets fields; null and missing fields keep the known value. */
export function update(draft: Draft, fields: JsonObject | null): void {
  for (const [key, value] of Object.entries(fields ?? {})) {
    if (value !== null && value !== undefined) draft[key] = value;
  }
}

/** The entry at a key; `create` makes it if there is none. */
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

/**
 * The object in JSON text, as calls have for input; the text itself if it is not an object, and `{}` if it is empty.
 */
export function inputOf(text: string): unknown {
  if (text.trim() === "") return {};
  try {
    return asObject(JSON.parse(text)) ?? text;
  } catch {
    return text;
  }
}
