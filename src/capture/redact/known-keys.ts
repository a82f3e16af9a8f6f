// Classifies the keys of payloads, by dialect: a key known in one protocol means nothing in another. This is an allow
// list: a string under any other key is replaced, and so is everything in an object under another key.
import { type DialectTraits, type Keys, type RedactionTraits, words } from "../../model/dialect-traits.ts";

/** The place of a value: its key, and the key of the object around it if that has one. */
export interface KeyPlace {
  /** Elements of an array have the array's key; null at the root. */
  readonly key: string | null;
  readonly parent: string | null;
}

/** Keys that most protocols share. Each dialect lists its own in `redaction` in its traits. */
const SHARED_STRUCTURES: Keys = ["error", "last_error", "usage"];
const SHARED_WORDS: Keys = words(
  "type event object kind role status model created_at /reason error.code last_error.code",
);

const OPAQUE = /^(?:signature|fingerprint|data|encrypted_.*|.*[sS]ignature)$/;
const ID = /^id$|(?:^|_)ids?$|[a-z]I[Dd]s?$/;

/** Whether a key holds an id in every protocol. */
export function isIdKey(key: string | null): boolean {
  return key !== null && ID.test(key);
}

/** The kind of a string in one of the protocol's own objects, by its key. */
export type StringKind = "word" | "name" | "path" | "id" | "arguments" | "delta" | "opaque" | "text";

export interface KnownKeys {
  /** Whether an object or array at a place is the protocol's own, if the one around it is too. */
  isStructure(place: KeyPlace): boolean;
  /** `hasError`: the event reports an error, so its `code` is an error code and not program text. */
  kindOfString(place: KeyPlace, hasError: boolean): StringKind;
}

const keysOfTraits = new WeakMap<RedactionTraits, KnownKeys>();

/** The keys of a dialect, including those that most protocols share. */
export function keysOf({ redaction }: Pick<DialectTraits, "redaction">): KnownKeys {
  const known = keysOfTraits.get(redaction) ?? createKeys(redaction);
  keysOfTraits.set(redaction, known);
  return known;
}

function createKeys(traits: RedactionTraits): KnownKeys {
  const structures = new Set([...SHARED_STRUCTURES, ...traits.structures]);
  const wordKeys = new Set([...SHARED_WORDS, ...traits.words]);
  const names = new Set(traits.names);
  /** Includes `delta` if the dialect says so. */
  const argumentKeys = new Set(traits.arguments);
  const opaque = new Set(traits.opaque);
  const ids = new Set(traits.ids);
  return {
    isStructure: (place) => place.key === null || isListed(structures, place),
    kindOfString(place, hasError) {
      const { key } = place;
      if (key === null) return "text";
      if (isListed(wordKeys, place) || (key === "code" && hasError)) return "word";
      if (isListed(names, place)) return "name";
      if (key === "jsonPath") return "path";
      if (argumentKeys.has(key)) return "arguments";
      if (key === "delta") return "delta";
      if (ids.has(key) || ID.test(key)) return "id";
      return opaque.has(key) || OPAQUE.test(key) ? "opaque" : "text";
    },
  };
}

function isListed(list: ReadonlySet<string>, { key, parent }: KeyPlace): boolean {
  if (key === null) return false;
  return list.has(key) || list.has(parent === null ? `/${key}` : `${parent}.${key}`);
}
