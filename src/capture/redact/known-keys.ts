// What is known of the keys of payloads, by dialect: what one protocol says of a key holds for no other. It is a list of
// what may stay: a string under any other key is replaced, and so is all that an object holds that stands under another key.
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

const OPAQUE = /^(?:signature|fingerprint|data|encrypted_.*|.*[sS]ignature)$/;
const ID = /^id$|(?:^|_)ids?$|[a-z]I[Dd]s?$/;

/** Whether what stands under a key is an id, in every protocol. */
export function isIdKey(key: string | null): boolean {
  return key !== null && ID.test(key);
}

/** What a string of a protocol's own object is, by its key. */
export type StringKind = "word" | "name" | "path" | "id" | "arguments" | "delta" | "opaque" | "text";

export interface KnownKeys {
  /** Whether an object or array at a place is the protocol's own, if the one around it is. */
  isStructure(place: KeyPlace): boolean;
  /** `hasError`: the dialect says that the event tells an error, whose `code` is one, and no program. */
  kindOfString(place: KeyPlace, hasError: boolean): StringKind;
}

const keysOfTraits = new WeakMap<RedactionTraits, KnownKeys>();

/** The keys of a dialect, with those that most protocols share. */
export function keysOf({ redaction }: Pick<DialectTraits, "redaction">): KnownKeys {
  const known = keysOfTraits.get(redaction) ?? createKeys(redaction);
  keysOfTraits.set(redaction, known);
  return known;
}

function createKeys(traits: RedactionTraits): KnownKeys {
  const structures = new Set([...SHARED_STRUCTURES, ...traits.structures]);
  const wordKeys = new Set([...SHARED_WORDS, ...traits.words]);
  const names = new Set(traits.names);
  /** `delta` is one where the dialect says so. */
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
