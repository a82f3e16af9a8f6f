// Keys stay out of all that is shown.

export const REDACTED = "REDACTED";

/** Query parameters whose name says that their value is a secret: Gemini's ?key=, ?api_key=, ?access_token= … */
const SECRET_PARAMETER = /key|token|secret|signature|sig$|password|passwd|auth|credential|code$/i;

/** The URL as it may be shown: user, password and secret parameters replaced. */
export function redactUrl(url: URL): string {
  const shown = new URL(url);
  if (shown.username !== "") shown.username = REDACTED;
  if (shown.password !== "") shown.password = REDACTED;
  for (const name of new Set(shown.searchParams.keys())) {
    if (SECRET_PARAMETER.test(name)) shown.searchParams.set(name, REDACTED);
  }
  return shown.href;
}

/** The secrets that a URL holds. */
export function secretsOf(url: URL): string[] {
  const values = [...url.searchParams].filter(([name]) => SECRET_PARAMETER.test(name)).map(([, value]) => value);
  return [url.password, decodeURIComponent(url.password), ...values].filter((value) => value !== "");
}

/** `text` with every secret replaced. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce((redacted, secret) => redacted.replaceAll(secret, REDACTED), text);
}
