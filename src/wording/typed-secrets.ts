// Removes secrets from messages that quote user input: a key may have been typed in the wrong place.
import { isSecretParameter } from "./secret-names.ts";

const REDACTED = "REDACTED";

/**
 * The user of an address, after its slashes, or with a password at the beginning of a word: `//token@`,
 * `user:password@`.
 */
const USER = /(?<=[\\/]{2})[^\s\\/'"@]+(?=@)|(?<![^\s'"(=])[^\s\\/'"@:]+:[^\s\\/'"@]+(?=@)/g;
/** `?key=…`, `;key=…`, `--api-key=…`, `api-key=…`; a colon at the end belongs to the message. */
const PARAMETER = /(?<=^|[\s'"(?&;#]|[\s'"(]--?)(?<name>[\w.%]+(?:-[\w.%]+)*)=[^\s&;#'"]+?(?=:?(?:[\s&;#'"]|$))/g;
/** The prefixes of keys of OpenAI, Anthropic, Google, Groq, Hugging Face, xAI, Replicate and Perplexity. */
const KEY = /(?<!\w)(?:sk-|AIza|gsk_|hf_|xai-|r8_|pplx-)[\w-]{16,}/gi;

/** Redacts the secrets that a message quotes, detected by position, name or prefix. */
export function withoutTypedSecrets(message: string): string {
  return message
    .replace(USER, (user) => (user.includes(":") ? `${REDACTED}:${REDACTED}` : REDACTED))
    .replace(PARAMETER, (pair, name: string) => (isSecretParameter(name) ? `${name}=${REDACTED}` : pair))
    .replace(KEY, REDACTED);
}
