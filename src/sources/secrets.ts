// Keeps keys out of all output.
import { withoutSecrets } from "../model/address.ts";
import type { Chunk } from "../model/chunk.ts";
import { isSecretHeader, isSecretParameter } from "../wording/secret-names.ts";

const REDACTED = "REDACTED";

/** Shorter texts also occur within words, which would become unreadable. */
const SHORTEST_SECRET = 6;

/** The URL without user, password, secret parameters, and parameters that contain one of `secrets`. */
export function maskUrl(url: URL, secrets: readonly string[] = []): string {
  const shown = new URL(url);
  if (shown.username !== "") shown.username = REDACTED;
  if (shown.password !== "") shown.password = REDACTED;
  for (const name of new Set(shown.searchParams.keys())) {
    const hasSecret = shown.searchParams.getAll(name).some((value) => maskSecrets(value, secrets) !== value);
    if (hasSecret || isSecretParameter(name)) shown.searchParams.set(name, REDACTED);
  }
  // Path segments may have parameters: `/v1;key=abc/models`.
  shown.pathname = shown.pathname.replace(PATH_PARAMETER, (pair, name: string) =>
    isSecretParameter(name) ? `;${name}=${REDACTED}` : pair,
  );
  // A fragment may have parameters too: `#access_token=…`.
  shown.hash = shown.hash.replace(PARAMETER, (pair, name: string) =>
    isSecretParameter(name) ? `${name}=${REDACTED}` : pair,
  );
  return maskSecrets(shown.href, secrets);
}

const PARAMETER = /([^#?&=]+)=[^&]*/g;
const PATH_PARAMETER = /;([^;/=]+)=[^;/]*/g;

/** Headers without secrets; `base`: the URL to resolve `location` against. */
export function maskHeaders(
  headers: readonly (readonly [name: string, value: string])[],
  base: URL,
  secrets: readonly string[],
): Record<string, string> {
  const shown = headers.map(([name, value]) => {
    if (isSecretHeader(name) && !isCount(name, value)) return [name, REDACTED];
    if (name !== "location") return [name, maskSecrets(value, secrets)];
    if (URL.canParse(value, base.href)) return [name, maskUrl(new URL(value, base), secrets)];
    return [name, maskSecrets(withoutSecrets(value), secrets)];
  });
  return Object.fromEntries(shown);
}

/**
 * Whether a header is only a count or a time: `x-ratelimit-remaining-tokens: 149`, `anthropic-ratelimit-tokens-reset:
 * 2026-…Z`.
 */
function isCount(name: string, value: string): boolean {
  return /rate-?limit|tokens/i.test(name) && /^\d[\dTZ:.,+\- smhd]*$/.test(value);
}

/** The secrets in a URL. A user without a password is a token. */
export function secretsOf(url: URL): string[] {
  const values = [...url.searchParams].filter(([name]) => isSecretParameter(name)).map(([, value]) => value);
  const asTyped = url.search
    .slice(1)
    .split("&")
    .filter((pair) => isSecretParameter(pair.split("=", 1)[0] ?? ""))
    .map((pair) => pair.slice(pair.indexOf("=") + 1));
  const userinfo = url.password === "" ? url.username : url.password;
  return spellings([userinfo, decodePercent(userinfo), basicCredentials(url) ?? "", ...values, ...asTyped]);
}

/** The Basic credentials (RFC 7617) for a URL with a user or password; null for any other. */
export function basicCredentials(url: URL): string | null {
  if (url.username === "" && url.password === "") return null;
  return Buffer.from(`${decodePercent(url.username)}:${decodePercent(url.password)}`).toString("base64");
}

/** An invalid % sequence stays as it is. */
function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Characters that writers of JSON and HTML may escape. */
const ESCAPED: readonly string[] = ["+", "/", "=", "&", "<", ">", "'", "`"];

/** The ways to escape a character, in lower case. */
const ESCAPES: readonly ((character: string) => string)[] = [
  (character) => `\\u${hexOf(character).padStart(4, "0")}`,
  (character) => `&#${character.charCodeAt(0)};`,
  (character) => `&#x${hexOf(character)};`,
];

/** The hexadecimal digits in these escapes. */
const HEX_DIGITS = /(?<=\\u)[\da-f]{4}|(?<=&#x)[\da-f]+(?=;)/g;

function hexOf(character: string): string {
  return character.charCodeAt(0).toString(16);
}

/** Limit on the characters of a secret for all combinations of escapes; few keys have more than two. */
const MOST_COMBINED = 5;

/** All variants of a text in which each escapable character is either escaped or not. */
function escapings(text: string, escape: (character: string) => string): string[] {
  const found = ESCAPED.filter((character) => text.includes(character)).slice(0, MOST_COMBINED);
  return found.reduce(
    (texts, character) => texts.concat(texts.map((some) => some.split(character).join(escape(character)))),
    [text],
  );
}

/** Characters that every writer of HTML escapes by name; quotes are escaped by name or number. */
const NAMED_IN_HTML: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const SINGLE_QUOTES = ["'", "&#x27;", "&#39;", "&#039;", "&apos;"];
const DOUBLE_QUOTES = ['"', "&quot;", "&#34;"];

function inHtml(text: string): string[] {
  const named = text.replace(/[&<>]/g, (character) => NAMED_IN_HTML[character] ?? character);
  return DOUBLE_QUOTES.flatMap((double) =>
    SINGLE_QUOTES.map((single) => named.replaceAll("'", single).replaceAll('"', double)),
  );
}

/**
 * A text in the escapings of URLs (RFC 3986, 2): JavaScript keeps `!'()*`, Python's `quote` keeps `/`, `encodeURI` and
 * curl keep everything allowed in a URL; in forms, a space is `+`.
 */
function inUrls(text: string): string[] {
  const component = encodeURIComponent(text.toWellFormed());
  const strict = component.replace(/[!'()*]/g, (character) => `%${hexOf(character).toUpperCase()}`);
  const upper = [component, strict]
    .flatMap((some) => [some, some.replaceAll("%2F", "/"), some.replaceAll("%20", "+")])
    .concat(encodeURI(text.toWellFormed()));
  return upper.flatMap((some) => [some, some.replace(/%../g, (byte) => byte.toLowerCase())]);
}

/** The secrets in every form in which a server may echo them: plain, in a URL, JSON, HTML. Longest first. */
export function spellings(secrets: readonly string[]): string[] {
  const all = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap((secret) => {
      const inJson = JSON.stringify(secret).slice(1, -1);
      const escaped = ESCAPES.flatMap((escape) => escapings(inJson, escape));
      const upper = escaped.map((text) => text.replace(HEX_DIGITS, (digits) => digits.toUpperCase()));
      return [secret, inJson, inJson.replaceAll("/", "\\/")].concat(inUrls(secret), inHtml(secret), escaped, upper);
    });
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}

/** `text` with every secret replaced. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((redacted, secret) => redacted.replaceAll(secret, REDACTED), text);
}

/** The chunks of a body with every secret replaced, even if chunks cut it: servers echo what they receive. */
export async function* maskChunks(chunks: AsyncIterable<Chunk>, secrets: readonly string[]): AsyncGenerator<Chunk> {
  // One character per byte, so that all other bytes pass unchanged, even if they are not text.
  const patterns = secrets.map((secret) => Buffer.from(secret).toString("latin1"));
  let held = "";
  let heldAtMs: number | null = null;
  const release = (): Chunk[] => (held === "" ? [] : [{ bytes: Buffer.from(held, "latin1"), atMs: heldAtMs }]);
  try {
    for await (const { bytes, atMs } of chunks) {
      const text = maskSecrets(held + Buffer.from(bytes).toString("latin1"), patterns);
      const end = text.length - lengthOfBeginning(text, patterns);
      held = text.slice(end);
      heldAtMs = atMs;
      yield { bytes: Buffer.from(text.slice(0, end), "latin1"), atMs };
    }
  } catch (error) {
    yield* release();
    throw error;
  }
  yield* release();
}

/** How many characters at the end of `text` may be the start of a secret. */
function lengthOfBeginning(text: string, secrets: readonly string[]): number {
  const lengths = secrets.map((secret) => {
    let length = Math.min(secret.length - 1, text.length);
    while (length > 0 && !text.endsWith(secret.slice(0, length))) length -= 1;
    return length;
  });
  return Math.max(0, ...lengths);
}

const NAMED_TEXT = /"(?<name>(?:[^"\\]|\\.)*)"(?<between>\s*:\s*)"(?:[^"\\]|\\.)*"/g;

/** JSON without the strings under names of secrets: `"authorization": "Bearer …"`, `"api_key": "…"`. */
export function maskNamedTexts(json: string): string {
  return json.replace(NAMED_TEXT, (whole, name: string, between: string) =>
    isSecretHeader(name) ? `"${name}"${between}"${REDACTED}"` : whole,
  );
}
