// What is known of the keys of payloads, of all dialects together. It is a list of what may stay: a string under any other
// key is replaced, and so is all that an object holds that stands under another key.

import { dialects } from "../../dialects/index.ts";
import { type DialectTraits, type Keys, type RedactionTraits, words } from "../../model/dialect-traits.ts";

/** Where a value stands: its key and, if that is in an object under a key of its own, this one. */
export interface KeyPlace {
  /** The elements of an array stand under the key of the array; null at the root. */
  readonly key: string | null;
  readonly parent: string | null;
}

/** What most protocols share. The rest is said by each dialect of itself (`redaction` in its traits). */
const SHARED_STRUCTURES: Keys = ["error", "last_error", "usage"];
const SHARED_WORDS: Keys = words(
  "type event object kind role status model created_at /reason error.code last_error.code",
);

const traits: readonly RedactionTraits[] = dialects.map(({ redaction }: DialectTraits) => redaction);
const STRUCTURES = new Set([...SHARED_STRUCTURES, ...traits.flatMap(({ structures }) => structures)]);
const WORDS = new Set([...SHARED_WORDS, ...traits.flatMap(({ words }) => words)]);
const NAMES = new Set(traits.flatMap(({ names }) => names));
/** `delta` is one where the dialect says so. */
const ARGUMENTS = new Set(traits.flatMap((trait) => trait.arguments));
const OPAQUE_KEYS = new Set(traits.flatMap(({ opaque }) => opaque));
const OPAQUE = /^(?:signature|fingerprint|data|encrypted_.*|.*[sS]ignature)$/;
const ID_KEYS = new Set(traits.flatMap(({ ids }) => ids));
const ID = /^id$|(?:^|_)ids?$|[a-z]I[Dd]s?$/;

function isListed(list: ReadonlySet<string>, { key, parent }: KeyPlace): boolean {
  if (key === null) return false;
  return list.has(key) || list.has(parent === null ? `/${key}` : `${parent}.${key}`);
}

/** Whether an object or array at a place is the protocol's own, if the one around it is. */
export function isStructure(place: KeyPlace): boolean {
  return place.key === null || isListed(STRUCTURES, place);
}

/** What a string of a protocol's own object is, by its key. */
export type StringKind = "word" | "name" | "path" | "id" | "arguments" | "delta" | "opaque" | "text";

/** `hasError`: the dialect says that the event tells an error, whose `code` is one, and no program. */
export function kindOfString(place: KeyPlace, hasError: boolean): StringKind {
  const { key } = place;
  if (key === null) return "text";
  if (isListed(WORDS, place) || (key === "code" && hasError)) return "word";
  if (isListed(NAMES, place)) return "name";
  if (key === "jsonPath") return "path";
  if (ARGUMENTS.has(key)) return "arguments";
  if (key === "delta") return "delta";
  if (ID_KEYS.has(key) || ID.test(key)) return "id";
  return OPAQUE_KEYS.has(key) || OPAQUE.test(key) ? "opaque" : "text";
}
