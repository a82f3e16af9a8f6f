// Where a response sends the request next, and what may go along.
import type { Hop } from "./client.ts";
import { mayBeLedTo } from "./internal-address.ts";
import { DEFAULT_HEADERS } from "./request.ts";

/** The next request; or why there is none, though the response is a redirect; null: it is none. */
export type Redirect = { readonly hop: Hop } | { readonly refusal: string } | null;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const SEE_OTHER = 303;
const MOST_REDIRECTS = 10;

/** What `first`, the user's own request, and the redirects since then allow. */
export function redirectOf(
  first: Hop,
  from: Hop,
  { status, location }: { readonly status: number; readonly location: string | null },
  { hops, locationTrusted }: { readonly hops: number; readonly locationTrusted: boolean },
): Redirect {
  if (!REDIRECTS.has(status) || location === null) return null;
  if (!URL.canParse(location, from.url.href)) return { refusal: "its address is not valid" };
  const url = new URL(location, from.url);
  const isReading = from.method === "GET" || from.method === "HEAD";
  if (!isReading && status !== SEE_OTHER && !locationTrusted) {
    return { refusal: `a ${from.method} is not sent on without --location-trusted` };
  }
  const refusal = refusalOf(first.url, from.url, url);
  if (refusal !== null) return { refusal };
  if (hops >= MOST_REDIRECTS) return { refusal: `it would be the ${MOST_REDIRECTS + 1}th` };
  // RFC 9110, 15.4.4: what stands there is to be read.
  const next = status === SEE_OTHER && !isReading ? { ...from, method: "GET", body: null } : from;
  const isSameOrigin = url.origin === first.url.origin;
  if (isSameOrigin || locationTrusted) return { hop: { ...next, url: withUserOf(first.url, url) } };
  return { hop: { method: next.method, headers: DEFAULT_HEADERS, body: null, url } };
}

/** Why nobody is sent there. A server must not choose what is reached from here, nor take encryption away. */
function refusalOf(first: URL, from: URL, to: URL): string | null {
  if (to.protocol !== "http:" && to.protocol !== "https:") return `only http and https are read, not ${to.protocol}`;
  if (from.protocol === "https:" && to.protocol === "http:") return "it leads from https to http";
  if (!mayBeLedTo(to.hostname, first.hostname)) return "it leads to this machine or its own link";
  return null;
}

/** User and password that the user gave stay with their origin. */
function withUserOf(first: URL, to: URL): URL {
  if (to.origin !== first.origin || to.username !== "") return to;
  const url = new URL(to);
  url.username = first.username;
  url.password = first.password;
  return url;
}
