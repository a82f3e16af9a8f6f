// The servers that a tap forwards to, and the choice between them by path.
import { UserError } from "../errors.ts";
import { maskUrl } from "../sources/secrets.ts";

/** A server that requests are forwarded to. */
export interface Upstream {
  /** The first path segment of its requests; null: it is the only upstream and gets every path. */
  readonly name: string | null;
  /** Its base URL, without user, query and fragment. */
  readonly url: URL;
  /** The base URL without secrets. */
  readonly shown: string;
}

/** Where a request goes. */
export interface Target {
  readonly upstream: Upstream;
  /** Path and query at the upstream. */
  readonly path: string;
}

const NAMED = /^(?<name>[\w.-]+)=(?<url>.*)$/s;

/** Reads `https://…` or `name=https://…`. Throws UserError. */
export function parseUpstream(text: string): Upstream {
  const { name = null, url: address = text } = NAMED.exec(text)?.groups ?? {};
  const isHttp = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
  if (!isHttp) {
    throw new UserError(
      "an upstream is not an http or https URL",
      "for example https://api.openai.com, or openai=https://api.openai.com; hidden here, as it may contain a key",
    );
  }
  const url = new URL(address);
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new UserError(
      `the upstream ${maskUrl(url)} has more than a scheme, a host and a path`,
      "programs send their own keys and queries; give the base URL alone",
    );
  }
  url.pathname = url.pathname.replace(/\/+$/, "");
  return { name, url, shown: maskUrl(url).replace(/\/$/, "") };
}

/** An environment variable that is set to a base URL. */
export interface Variable {
  readonly name: string;
  /** The name of its upstream; null: the first one. */
  readonly upstream: string | null;
}

const VARIABLE = /^(?<name>[A-Za-z_]\w*)(?:=(?<upstream>.+))?$/;

/** Reads `MY_BASE_URL` or `MY_BASE_URL=openai`. Throws UserError. */
export function parseVariable(text: string): Variable {
  const { name, upstream = null } = VARIABLE.exec(text)?.groups ?? {};
  if (name === undefined) {
    throw new UserError(`${text} is not a variable's name`, "for example MY_BASE_URL, or MY_BASE_URL=openai");
  }
  return { name, upstream };
}

/** Throws UserError if two have the same name, or if there are several and one has no name. */
export function checkUpstreams(upstreams: readonly Upstream[]): void {
  if (upstreams.length > 1 && upstreams.some(({ name }) => name === null)) {
    throw new UserError(
      "several upstreams need a name each",
      "for example --upstream openai=https://api.openai.com --upstream anthropic=https://api.anthropic.com",
    );
  }
  const names = new Set<string | null>();
  for (const { name } of upstreams) {
    if (names.has(name)) throw new UserError(`two upstreams have the name ${name}`, "give each a different name");
    names.add(name);
  }
}

/** Where a request for `path` goes; null: its first segment names no upstream. */
export function targetOf(path: string, upstreams: readonly Upstream[]): Target | null {
  for (const upstream of upstreams) {
    const { name, url } = upstream;
    const prefix = name === null ? "" : `/${name}`;
    if (!path.startsWith(prefix)) continue;
    const rest = path.slice(prefix.length);
    const base = url.pathname === "/" ? "" : url.pathname;
    if (rest === "" || rest.startsWith("?")) return { upstream, path: `${base === "" ? "/" : base}${rest}` };
    if (rest.startsWith("/")) return { upstream, path: `${base}${rest}` };
  }
  return null;
}
