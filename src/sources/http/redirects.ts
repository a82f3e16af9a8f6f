// Decides whether to follow a redirect, and which headers and body to keep.
import type { Hop } from "./client.ts";
import { mayBeLedTo } from "./internal-address.ts";
import { DEFAULT_HEADERS } from "./request.ts";

/** The next request, or why a redirect is refused; null: not a redirect. */
export type Redirect = { readonly hop: Hop } | { readonly refusal: string } | null;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const SEE_OTHER = 303;
const MOST_REDIRECTS = 10;

/** Decides how to follow a redirect from `from`, given the user's own request `first` and the `hops` since then. */
export function redirectOf(
  first: Hop,
  from: Hop,
  { status, location }: { readonly status: number; readonly location: string | null },
  { hops, locationTrusted }: { readonly hops: number; readonly locationTrusted: boolean },
): Redirect {
  if (!REDIRECTS.has(status) || location === null) return null;
  if (!URL.canParse(location, from.url.href)) return { refusal: "its URL is invalid" };
  const url = new URL(location, from.url);
  const isReading = from.method === "GET" || from.method === "HEAD";
  if (!isReading && status !== SEE_OTHER && !locationTrusted) {
    return { refusal: `a ${from.method} is redirected only with --location-trusted` };
  }
  const refusal = refusalOf(first.url, from.url, url);
  if (refusal !== null) return { refusal };
  if (hops >= MOST_REDIRECTS) return { refusal: `the limit is ${MOST_REDIRECTS} redirects` };
  // RFC 9110, 15.4.4: the target of a 303 is read with GET.
  const next = status === SEE_OTHER && !isReading ? { ...from, method: "GET", body: null } : from;
  const isSameOrigin = url.origin === first.url.origin;
  if (isSameOrigin || locationTrusted) return { hop: { ...next, url: withUserOf(first.url, url) } };
  return { hop: { method: next.method, headers: DEFAULT_HEADERS, body: null, url } };
}

/** Why a target is refused. A server must not lead into the user's network, and must not remove encryption. */
function refusalOf(first: URL, from: URL, to: URL): string | null {
  if (to.protocol !== "http:" && to.protocol !== "https:") return `only http and https are read, not ${to.protocol}`;
  if (from.protocol === "https:" && to.protocol === "http:") return "it leads from https to http";
  if (!mayBeLedTo(to.hostname, first.hostname)) return "it leads to a loopback, link-local or metadata address";
  return null;
}

/** Keeps the user's name and password for their origin. */
function withUserOf(first: URL, to: URL): URL {
  if (to.origin !== first.origin || to.username !== "") return to;
  const url = new URL(to);
  url.username = first.username;
  url.password = first.password;
  return url;
}
