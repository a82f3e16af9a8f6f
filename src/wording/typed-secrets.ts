// Messages quote what was typed, and what was typed in the wrong place may be a key.
import { isSecretParameter } from "./secret-names.ts";

const REDACTED = "REDACTED";

/** The user of an address, after its slashes, or with a password at the beginning of a word: `//token@`, `user:password@`. */
const USER = /(?<=[\\/]{2})[^\s\\/'"@]+(?=@)|(?<![^\s'"(=])[^\s\\/'"@:]+:[^\s\\/'"@]+(?=@)/g;
/** `?key=…`, `;key=…`, `--api-key=…`, `api-key=…`; a colon at its end is the message's. */
const PARAMETER = /(?<=^|[\s'"(?&;#]|[\s'"(]--?)(?<name>[\w.%]+(?:-[\w.%]+)*)=[^\s&;#'"]+?(?=:?(?:[\s&;#'"]|$))/g;
/** What keys of OpenAI, Anthropic, Google, Groq, Hugging Face, xAI, Replicate and Perplexity begin with. */
const KEY = /(?<!\w)(?:sk-|AIza|gsk_|hf_|xai-|r8_|pplx-)[\w-]{16,}/gi;

/** A message without the secrets of what it quotes, which are known by their places, names and beginnings. */
export function withoutTypedSecrets(message: string): string {
  return message
    .replace(USER, (user) => (user.includes(":") ? `${REDACTED}:${REDACTED}` : REDACTED))
    .replace(PARAMETER, (pair, name: string) => (isSecretParameter(name) ? `${name}=${REDACTED}` : pair))
    .replace(KEY, REDACTED);
}
