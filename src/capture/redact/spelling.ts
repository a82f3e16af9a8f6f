// Finds numbers and keys that spell a text by their places, for all dialects.
import type { KeyPlace } from "./known-keys.ts";

/** Lists of numbers that spell a text: UTF-8 bytes and token ids. `context` is Ollama's. */
const SPELLING_LISTS: ReadonlySet<string> = new Set([
  "bytes",
  "tokens",
  "token_ids",
  "prompt_token_ids",
  "output_token_ids",
  "context",
]);
const SPELLING_NUMBERS: ReadonlySet<string> = new Set(["token_id", "tokenId"]);
/** Keys of objects that are tokens, with the token's number as `id`. */
const TOKENS: ReadonlySet<string | null> = new Set(["token", "tokens", "prefill", "top_tokens"]);

/** Whether a number means a piece of text, in a list or alone. */
export function isSpelling({ key, parent }: KeyPlace, isListed: boolean): boolean {
  // In a stream of plain text, each chunk of text may be a number.
  if (key === null) return true;
  if (isListed) return SPELLING_LISTS.has(key);
  return SPELLING_NUMBERS.has(key) || (key === "id" && TOKENS.has(parent));
}

const TOP_TOKENS = "top_logprobs";
const KEYS_OF_TOP_TOKENS: ReadonlySet<string> = new Set([
  "token",
  "token_id",
  "logprob",
  "bytes",
  "rank",
  "decoded_token",
]);

/** Whether a key is a piece of text: legacy completions use tokens as keys, `{" Paris":-0.1}`. */
export function isSpellingKey(key: string, { key: around }: KeyPlace): boolean {
  return around === TOP_TOKENS && !KEYS_OF_TOP_TOKENS.has(key);
}
