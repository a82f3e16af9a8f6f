// The current completion, and whether a chunk continues it or begins another one.
import type { Outcome } from "../../model/facts.ts";
import { asId, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import { readChoice } from "./choice-progress.ts";
import type { ChoiceIndexes } from "./choice-indexes.ts";

export interface Completion {
  id: string | null;
  model: string | null;
  serviceTier: string | null;
  /** A chunk had another id: some gateways make one for each chunk. */
  isIdChanged: boolean;
  /** A choice has a `finish_reason`, even if null: the server knows the field. */
  knowsReasons: boolean;
  /** Tokens were counted, which most servers do at the end. */
  isCounted: boolean;
  /** `[DONE]` came. */
  isDone: boolean;
  /** The choices that began and have not ended: as long as there is one, the response is open. */
  readonly open: Set<number>;
  readonly ended: Set<number>;
  readonly indexes: ChoiceIndexes;
  /** The worst end of its choices; null while none has ended. */
  worst: { readonly outcome: Outcome; readonly word: string } | null;
  /** The reported end; another one is reported only if it is worse. */
  told: Outcome | null;
}

/**
 * Whether a chunk adds nothing to a response: no text, role, end, usage or error. Gateways send such chunks with their
 * own id while they wait, and Azure sends the results of its filters in them.
 */
export function isEmptyChunk(chunk: JsonObject): boolean {
  if (asObject(chunk.usage) !== null || asObject(chunk.x_groq) !== null || chunk.error) return false;
  return asObjects(chunk.choices).every(isEmptyChoice);
}

function isEmptyChoice(choice: JsonObject): boolean {
  const { finish_reason: reason, text, usage, error } = choice;
  const content = asObject(choice.delta) ?? asObject(choice.message) ?? {};
  for (const key in content) if (!isNothing(content[key])) return false;
  return !reason && !text && asObject(usage) === null && asObject(error) === null;
}

function isNothing(value: unknown): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

/**
 * Whether a chunk that is not empty begins another response. A changed id does not: LiteLLM and others make one for
 * each chunk, Perplexity for the last. A role does, once the current response has ended by its finish reasons or by
 * `[DONE]`.
 */
export function beginsAnother(completion: Completion, chunk: JsonObject): boolean {
  const { id, told, isDone, isIdChanged } = completion;
  if (told === null && !isDone) return false;
  const listed = asObjects(chunk.choices);
  const newId = asId(chunk.id);
  const isOtherId = newId !== null && newId !== id;
  // Legacy completions have no roles.
  const isLegacy =
    isOtherId && listed.some(({ delta, text }) => asObject(delta) === null && (asString(text) ?? "") !== "");
  const hasRole = listed.some(
    (choice) => asString((asObject(choice.delta) ?? asObject(choice.message))?.role) !== null,
  );
  if (isDone) return hasRole || isLegacy || (isOtherId && listed.length > 0);
  if (!isOtherId || (!hasRole && !isLegacy)) return false;
  // OpenRouter repeats the role with the usage; a gateway with an id for each chunk does so with a new id.
  const hasContent = listed.some((choice) => readChoice(choice).hasContent);
  return (
    hasContent ||
    !(isIdChanged || asObject(chunk.usage) !== null || listed.some(({ finish_reason }) => Boolean(finish_reason)))
  );
}
