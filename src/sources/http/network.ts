// Network options: from the typed options to what the client needs.
import { readFile } from "node:fs/promises";
import { UserError } from "../../errors.ts";
import type { Io } from "../../io.ts";
import { cannotRead } from "../cannot-read.ts";
import { secretsOf } from "../secrets.ts";

/** The typed options; times in ms, null: no limit. */
export interface NetworkOptions {
  /** Limit for connecting (DNS, TCP and TLS). */
  readonly connectTimeoutMs: number;
  /** Limit from the start of the request to the response headers. */
  readonly headTimeoutMs: number | null;
  /** Limit between two bytes of a response. */
  readonly idleTimeoutMs: number | null;
  /** Limit from the start of the request to the end of the response. */
  readonly maxTimeMs: number | null;
  /** How often to retry a request that failed before its response. */
  readonly retries: number;
  /** A PEM file of certificates to trust instead of the system's. */
  readonly caFile: string | null;
  /** Accept any certificate. */
  readonly insecure: boolean;
  readonly http2: boolean;
  /** Keep headers and body when redirected to another host. */
  readonly locationTrusted: boolean;
}

/** The options, completed from the environment and files. */
export interface Network extends NetworkOptions {
  readonly authorities: string | null;
  /** URLs; null: none. */
  readonly proxies: { readonly http: string | null; readonly https: string | null; readonly none: string };
  /** Secrets that no message may show: the passwords of proxies. */
  readonly secrets: readonly string[];
}

/** Reads the environment and the files that the options name. Throws UserError. */
export async function readNetwork(options: NetworkOptions, env: Io["env"]): Promise<Network> {
  const http = proxyOf("http_proxy", env.http_proxy ?? env.HTTP_PROXY);
  const https = proxyOf("https_proxy", env.https_proxy ?? env.HTTPS_PROXY) ?? http;
  const urls = [http, https].flatMap((proxy) => (proxy === null ? [] : [new URL(proxy)]));
  return {
    ...options,
    authorities: options.caFile === null ? null : await readAuthorities(options.caFile),
    proxies: { http, https, none: env.no_proxy ?? env.NO_PROXY ?? "" },
    secrets: urls.flatMap(secretsOf),
  };
}

function proxyOf(variable: string, value: string | undefined): string | null {
  if (value === undefined || value.trim() === "") return null;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  if (!URL.canParse(address) || !/^https?:/i.test(address)) {
    throw new UserError(
      `the proxy in the environment variable ${variable} is not an http or https URL`,
      "its text is hidden because it may contain a password",
    );
  }
  // Only the origin, user and password of a proxy's URL matter.
  const { protocol, username, password, host } = new URL(address);
  const credentials = username === "" && password === "" ? "" : `${username}:${password}@`;
  return `${protocol}//${credentials}${host}/`;
}

async function readAuthorities(path: string): Promise<string> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw cannotRead(path, error);
  });
  if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  throw new UserError(`--cacert ${path} contains no certificate`, "PEM certificates begin with BEGIN CERTIFICATE");
}
