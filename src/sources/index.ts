// From a name to its source.
import { UserError } from "../errors.ts";
import { withoutTypedSecrets } from "../wording/typed-secrets.ts";
import { fileSource } from "./file.ts";
import { maskUrl } from "./secrets.ts";
import type { Source, SourceContext } from "./source.ts";
import { STDIN_NAME, stdinSource } from "./stdin.ts";

/** A name that is meant as a URL, also with a slash too few, or after blanks, which parsers of URLs ignore. */
const URL_LIKE = /^\s*(?:(?<scheme>[a-z][a-z0-9+.-]*):\/\/|https?:)/i;

/** Whether a name is meant as a URL. */
export function isUrl(name: string): boolean {
  return URL_LIKE.test(name);
}

/** The name of a source as it may be shown, whether or not the source can be opened. */
export function shownName(name: string): string {
  if (!isUrl(name)) return withoutTypedSecrets(name);
  return URL.canParse(name) ? maskUrl(new URL(name)) : "(a URL that is not valid)";
}

/** The source of a path, `-`, or a URL of HTTP or a WebSocket. Throws UserError for a URL of another scheme. */
export async function sourceOf(name: string, context: SourceContext): Promise<Source> {
  if (name === STDIN_NAME) return stdinSource(context.io.stdin);
  if (!isUrl(name)) return fileSource(name, context.talk);
  const scheme = URL_LIKE.exec(name)?.groups?.scheme?.toLowerCase() ?? "http";
  if (scheme === "ws" || scheme === "wss") {
    const { webSocketSource } = await import("./web-socket/web-socket-source.ts");
    return webSocketSource(name, context);
  }
  if (scheme !== "http" && scheme !== "https") {
    throw new UserError(`cannot read ${scheme}: URLs`, "http, https, ws and wss are read; for a file, give its path");
  }
  // Loaded only here: the HTTP client costs as much as starting Node.
  const { httpSource } = await import("./http/http-source.ts");
  return httpSource(name, context);
}
