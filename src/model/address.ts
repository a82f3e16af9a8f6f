// An address out of a capture or a response header in, what may be shown of it out.

/** A scheme, and the slashes before a host; URL parsers take backslashes for slashes. */
const BEGINNING = /^(?<scheme>[a-z][a-z\d+.-]*:)?(?<slashes>[\\/]{2})?/i;

/**
 * An address without what may be a key: user, password, query, fragment and parameters of the path. Takes any text: an absolute URL, one relative
 * to a scheme, a host or a path, and what is not valid. Of a URL without a host, such as `mailto:`, the scheme is left.
 */
export function withoutSecrets(address: string): string {
  // URL parsers ignore these, also in the middle.
  const text = address.replace(/[\t\n\r]/g, "").trim();
  const { scheme = "", slashes = "" } = BEGINNING.exec(text)?.groups ?? {};
  if (scheme === "" && slashes === "") return beforeQuery(text);
  // Any scheme will do for an address that leaves it out.
  const base = scheme === "" ? "https:" : "";
  if (!URL.canParse(base + text)) {
    // Where it is not valid, nothing says where a password ends.
    return text.includes("@") ? `${scheme}${slashes}…` : beforeQuery(text);
  }
  const { host, pathname } = new URL(base + text);
  if (host === "" && !pathname.startsWith("/")) return scheme;
  return `${scheme.toLowerCase()}//${host}${withoutParameters(pathname)}`;
}

function beforeQuery(text: string): string {
  const path = withoutParameters(text.replace(/[?#].*$/s, ""));
  // Something has to be left of an address that is nothing but a query.
  return path === "" && text !== "" ? `${text.charAt(0)}…` : path;
}

/** A path without the parameters of its segments: `/v1;key=abc/models` as `/v1/models`. */
function withoutParameters(path: string): string {
  return path.replace(/;[^/\\]*/g, "");
}
