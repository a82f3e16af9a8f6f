// Finds the source for a name.
import { UserError } from "../errors.ts";
import { withoutTypedSecrets } from "../wording/typed-secrets.ts";
import { fileSource } from "./file.ts";
import type { KnownSource } from "./known-source.ts";
import { maskUrl } from "./secrets.ts";
import type { Source, SourceContext } from "./source.ts";
import { STDIN_NAME, stdinSource } from "./stdin.ts";

/** A name that is meant as a URL, even with a slash missing, or after blanks, which URL parsers ignore. */
const URL_LIKE = /^\s*(?:(?<scheme>[a-z][a-z0-9+.-]*):\/\/|https?:)/i;

/** Whether a name is meant as a URL. */
export function isUrl(name: string): boolean {
  return URL_LIKE.test(name);
}

/** The name of a source without secrets, even if it cannot be opened. */
export function shownName(name: string): string {
  if (!isUrl(name)) return withoutTypedSecrets(name);
  return URL.canParse(name) ? maskUrl(new URL(name)) : "(an invalid URL)";
}

/** How a URL is read. Throws UserError for other schemes. */
function schemeOf(url: string): "http" | "ws" {
  const scheme = URL_LIKE.exec(url)?.groups?.scheme?.toLowerCase() ?? "http";
  if (scheme === "ws" || scheme === "wss") return "ws";
  if (scheme === "http" || scheme === "https") return "http";
  throw new UserError(`cannot read ${scheme}: URLs`, "use http, https, ws or wss; for a file, give its path");
}

/** The source for an HTTP or WebSocket URL that is opened many times. Throws UserError for other schemes. */
export async function knownSourceOf(url: string, context: SourceContext): Promise<KnownSource> {
  if (schemeOf(url) === "ws") {
    const { knownWebSocketSource } = await import("./web-socket/web-socket-source.ts");
    return knownWebSocketSource(url, context);
  }
  const { knownHttpSource } = await import("./http/http-source.ts");
  return knownHttpSource(url, context);
}

/** The source for a path, `-`, or an HTTP or WebSocket URL. Throws UserError for other schemes. */
export async function sourceOf(name: string, context: SourceContext): Promise<Source> {
  if (name === STDIN_NAME) return stdinSource(context.io.stdin);
  if (!isUrl(name)) return fileSource(name, context.talk);
  if (schemeOf(name) === "ws") {
    const { webSocketSource } = await import("./web-socket/web-socket-source.ts");
    return webSocketSource(name, context);
  }
  // Loaded on demand: loading undici takes as long as starting Node.js.
  const { httpSource } = await import("./http/http-source.ts");
  return httpSource(name, context);
}
