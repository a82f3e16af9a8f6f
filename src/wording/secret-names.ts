// Detects by their names which headers and URL parameters are secrets. Only whole words count, never letters inside
// another word: `x-api-key`, but not `x-portkey-provider` or `x-author`.

/** Headers that carry credentials (RFC 9110, 11; RFC 6265; API gateways) but contain none of the words below. */
const CREDENTIAL_HEADERS: ReadonlySet<string> = new Set([
  "authorization",
  "proxy-authorization",
  "x-authorization",
  "x-forwarded-authorization",
  "x-serverless-authorization",
  "authentication",
  "apikey",
  "x-apikey",
  "x-jwt-assertion",
  "cf-access-jwt-assertion",
  "x-goog-iap-jwt-assertion",
  "x-vercel-protection-bypass",
]);

const HEADER_WORDS: ReadonlySet<string> = new Set([
  "key",
  "token",
  "secret",
  "auth",
  "password",
  "passwd",
  "cookie",
  "session",
  "credential",
  "credentials",
  "signature",
]);

const PARAMETER_WORDS: ReadonlySet<string> = new Set([...HEADER_WORDS, "sig", "jwt", "pwd", "authorization"]);

/** Names often written as one word: apikey, accesstoken, clientsecret, jsessionid. */
const RUN_TOGETHER =
  /^(?:(?:x|api|app|access|auth|client|csrf|id|private|refresh|secret|security|session|subscription|user|xsrf)+(?:key|token|secret|password|passwd|pwd)|(?:j|php|asp)?sessionid|authcode)$/;

/** An OAuth code (RFC 6749, 4.1.2): `code`, `auth_code`. */
const CODE = "code";

/** Whether the value of a header is a secret. */
export function isSecretHeader(name: string): boolean {
  if (CREDENTIAL_HEADERS.has(name.toLowerCase())) return true;
  return wordsOf(name).some((word) => HEADER_WORDS.has(word) || RUN_TOGETHER.test(word));
}

/**
 * Whether the value of a URL parameter is a secret: Gemini's `?key=`, `?api_key=`, `?accessToken=`, `X-Amz-Signature` …
 */
export function isSecretParameter(name: string): boolean {
  const words = wordsOf(name);
  return words.at(-1) === CODE || words.some((word) => PARAMETER_WORDS.has(word) || RUN_TOGETHER.test(word));
}

/** The header of a WebSocket handshake that lists subprotocols (RFC 6455, 11.3.4). */
export const PROTOCOL_HEADER = "sec-websocket-protocol";
const BEARER = "bearer";

/**
 * The secrets among subprotocols: the text after a name that marks a secret, either in the same subprotocol
 * (`openai-insecure-api-key.sk-…`, https://platform.openai.com/docs/guides/realtime-websocket;
 * `base64url.bearer.authorization.k8s.io.…`) or as the next one (`token, …`).
 */
export function secretsInProtocols(protocols: string): string[] {
  const tokens = protocols.split(",").map((token) => token.trim());
  return tokens.flatMap((token, at) => {
    const parts = token.split(".");
    const named = parts.findIndex((part) => part.toLowerCase() === BEARER || isSecretHeader(part));
    if (named === -1) return [];
    const value = parts.slice(named + 1).join(".");
    return value === "" ? tokens.slice(at + 1, at + 2) : [value, parts.at(-1) ?? ""];
  });
}

/** The words of `x-api-key`, `api_key`, `apiKey` and `APIKey`, in lower case. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== "");
}
