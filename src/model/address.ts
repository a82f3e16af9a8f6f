// Takes an address from a capture or a response header; returns the part that is safe to show.

/** A scheme and the slashes before a host; URL parsers read backslashes as slashes. */
const BEGINNING = /^(?<scheme>[a-z][a-z\d+.-]*:)?(?<slashes>[\\/]{2})?/i;

/**
 * An address without anything that may be a key: user, password, query, fragment and path parameters. Takes any text:
 * an absolute URL, a URL relative to a scheme, a host or a path, or an invalid one. A URL without a host, such as
 * `mailto:`, is reduced to its scheme.
 */
export function withoutSecrets(address: string): string {
  // URL parsers ignore these characters, also in the middle.
  const text = address.replace(/[\t\n\r]/g, "").trim();
  const { scheme = "", slashes = "" } = BEGINNING.exec(text)?.groups ?? {};
  if (scheme === "" && slashes === "") return beforeQuery(text);
  // An address without a scheme can be parsed with any scheme.
  const base = scheme === "" ? "https:" : "";
  if (!URL.canParse(base + text)) {
    // In an invalid URL the end of a password is unknown.
    return text.includes("@") ? `${scheme}${slashes}…` : beforeQuery(text);
  }
  const { host, pathname } = new URL(base + text);
  if (host === "" && !pathname.startsWith("/")) return scheme;
  return `${scheme.toLowerCase()}//${host}${withoutParameters(pathname)}`;
}

function beforeQuery(text: string): string {
  const path = withoutParameters(text.replace(/[?#].*$/s, ""));
  // An address that is only a query must not become empty.
  return path === "" && text !== "" ? `${text.charAt(0)}…` : path;
}

/** A path without the parameters of its segments: `/v1;key=abc/models` as `/v1/models`. */
function withoutParameters(path: string): string {
  return path.replace(/;[^/\\]*/g, "");
}
