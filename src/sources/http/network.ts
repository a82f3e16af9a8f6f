// How the network is used: from options as they were typed to what the client needs.
import { readFile } from "node:fs/promises";
import { UserError } from "../../errors.ts";
import type { Io } from "../../io.ts";
import { cannotRead } from "../cannot-read.ts";
import { secretsOf } from "../secrets.ts";

/** The options as typed; times in ms, null: no limit. */
export interface NetworkOptions {
  /** To an open connection: look-up, TCP and TLS. */
  readonly connectTimeoutMs: number;
  /** From the start of the request to the response headers. */
  readonly headTimeoutMs: number | null;
  /** Between two bytes of a response. */
  readonly idleTimeoutMs: number | null;
  /** From the start of the request to the end of the response. */
  readonly maxTimeMs: number | null;
  /** How often a request is made again that failed before its response. */
  readonly retries: number;
  /** A file of certificates (PEM) to trust in place of the system's. */
  readonly caFile: string | null;
  /** Takes any certificate. */
  readonly insecure: boolean;
  readonly http2: boolean;
  /** What the user gave goes along with a redirect, wherever it leads. */
  readonly locationTrusted: boolean;
}

/** What the environment and files add to them. */
export interface Network extends NetworkOptions {
  readonly authorities: string | null;
  /** URLs; null: none. */
  readonly proxies: { readonly http: string | null; readonly https: string | null; readonly none: string };
  /** What no message may show: the passwords of proxies. */
  readonly secrets: readonly string[];
}

/** Reads what the options name. Throws UserError. */
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
      "its text is not shown, for it may hold a password",
    );
  }
  // A proxy has an origin, user and password; what stands behind that is of no use.
  const { protocol, username, password, host } = new URL(address);
  const credentials = username === "" && password === "" ? "" : `${username}:${password}@`;
  return `${protocol}//${credentials}${host}/`;
}

async function readAuthorities(path: string): Promise<string> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw cannotRead(path, error);
  });
  if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  throw new UserError(`--cacert ${path} holds no certificate`, "certificates in PEM begin with BEGIN CERTIFICATE");
}
