// Builds the request for a URL: from the typed options to a method, headers and a body.
import { readFile } from "node:fs/promises";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { UserError } from "../../errors.ts";
import type { Io } from "../../io.ts";
import { cannotRead } from "../cannot-read.ts";
import { parseHeaders, TOKEN } from "../header-lines.ts";
import { ACCEPTED_CODINGS } from "./codings.ts";
import { isSecretHeader, PROTOCOL_HEADER, secretsInProtocols } from "../../wording/secret-names.ts";
import { spellings } from "../secrets.ts";

/** The typed options. */
export interface RequestOptions {
  readonly method: string | null;
  /** `Name: value`, or `@file` with one such line each. */
  readonly headers: readonly string[];
  /** The body, `@file`, or `@-` for standard input; a WebSocket may have several, one per message. */
  readonly data: readonly string[];
  /** The environment variable with the bearer token. */
  readonly bearerEnv: string | null;
  /** `name=VARIABLE`: a header with its value from the environment. */
  readonly headerEnv: readonly string[];
}

export interface HttpRequest {
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  /** Secrets that no output may show: values of headers with names of secrets, and all values of `--header-env`. */
  readonly secrets: readonly string[];
}

/** Headers sent to every server. */
export const DEFAULT_HEADERS: Readonly<Record<string, string>> = {
  accept: "text/event-stream",
  "accept-encoding": ACCEPTED_CODINGS,
  "user-agent": "ssescope",
};

/** Builds the request. Throws UserError if it cannot be sent; no message contains a header's value. */
export async function buildRequest(options: RequestOptions, io: Pick<Io, "stdin" | "env">): Promise<HttpRequest> {
  const { headers: given, secrets } = await buildHeaders(options, io);
  const [data = null, ...more] = options.data;
  if (more.length > 0)
    throw new UserError("--data is given twice", "an HTTP request has one body; only ws and wss URLs take several");
  const body = data === null ? null : await readBody(data, io.stdin);
  if (body !== null && given["content-type"] === undefined) checkJson(body);
  const method = (options.method ?? (body === null ? "GET" : "POST")).toUpperCase();
  if (!TOKEN.test(method)) throw new UserError(`--request ${JSON.stringify(method)} is not an HTTP method`);
  const contentType = body !== null && {
    "content-type": looksLikeJson(body) ? "application/json" : "application/x-www-form-urlencoded",
  };
  return { method, headers: { ...DEFAULT_HEADERS, ...contentType, ...given }, body, secrets };
}

/** The headers of a WebSocket's handshake, and the messages to send after it. */
export interface WebSocketRequest extends Pick<HttpRequest, "headers" | "secrets"> {
  readonly messages: readonly Uint8Array[];
}

/** Builds the handshake and messages for a WebSocket. Throws UserError like buildRequest. */
export async function buildMessages(options: RequestOptions, io: Pick<Io, "stdin" | "env">): Promise<WebSocketRequest> {
  if (options.method !== null) throw new UserError("--request is for http URLs", "a WebSocket always begins with GET");
  const { headers: given, secrets } = await buildHeaders(options, io);
  const messages = await Promise.all(options.data.map((data) => readBody(data, io.stdin)));
  for (const message of messages) checkJson(message);
  const { "user-agent": agent } = DEFAULT_HEADERS;
  return { headers: { ...(agent !== undefined && { "user-agent": agent }), ...given }, messages, secrets };
}

/** The headers from the options, by lower-case name. */
async function buildHeaders(
  options: RequestOptions,
  io: Pick<Io, "env">,
): Promise<Pick<HttpRequest, "headers" | "secrets">> {
  const fromEnvironment = parseHeaders(options.headerEnv.map((pair) => readHeaderOf(pair, io.env)));
  const given = { ...parseHeaders(await readHeaderLines(options.headers)), ...fromEnvironment };
  if (options.bearerEnv !== null && given.authorization !== undefined) {
    throw new UserError("--bearer-env and an authorization header are both given", "leave one of them out");
  }
  if (options.bearerEnv !== null) given.authorization = `Bearer ${readToken(options.bearerEnv, io.env)}`;
  const isSecret = (name: string) => isSecretHeader(name) || Object.hasOwn(fromEnvironment, name);
  return { headers: given, secrets: [...secretsIn(given, isSecret), ...protocolSecretsIn(given)] };
}

function checkJson(body: Uint8Array): void {
  if (!isBrokenJson(body)) return;
  throw new UserError("the body looks like JSON but does not parse", "fix it, or set its type: -H 'content-type: …'");
}

async function readHeaderLines(headers: readonly string[]): Promise<string[]> {
  const lines = await Promise.all(
    headers.map(async (header) => {
      if (!header.startsWith("@")) return [header];
      const path = header.slice(1);
      const text = await readFile(path, "utf8").catch((error: unknown) => {
        throw new UserError(cannotRead(path, error).message, "--header @FILE reads a file with one header per line");
      });
      return text.split(/\r?\n/).filter((line) => line.trim() !== "");
    }),
  );
  return lines.flat();
}

/** `name=VARIABLE` as a header line. */
function readHeaderOf(pair: string, env: Io["env"]): string {
  const equals = pair.indexOf("=");
  const name = pair.slice(0, Math.max(equals, 0));
  const variable = pair.slice(equals + 1);
  if (!TOKEN.test(name) || variable === "") {
    throw new UserError("--header-env expects name=VARIABLE", "for example x-api-key=ANTHROPIC_API_KEY");
  }
  const value = env[variable]?.trim();
  if (!value) throw notSet("--header-env", variable);
  return `${name}: ${value}`;
}

/** Names of variables for keys. Any other text may be the key itself, and is not shown. */
const VARIABLE = /^[A-Z_][A-Z\d_]{0,63}$/;

function notSet(option: string, variable: string): UserError {
  if (VARIABLE.test(variable)) {
    return new UserError(`${option}: the environment variable ${variable} is not set`, `export ${variable}=…`);
  }
  return new UserError(
    `${option} names an environment variable that is not set`,
    "give the variable's name, such as OPENAI_API_KEY, not its value: no $ before it",
  );
}

function readToken(variable: string, env: Io["env"]): string {
  const token = env[variable]?.trim();
  if (!token) throw notSet("--bearer-env", variable);
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new UserError(
      `--bearer-env: ${variable} has a character that is not allowed in a bearer token`,
      "check it for a space or a line break",
    );
  }
  return token;
}

async function readBody(data: string, stdin: Readable): Promise<Uint8Array> {
  if (data === "@-") return readOnce(stdin);
  if (!data.startsWith("@")) return Buffer.from(data);
  const path = data.slice(1);
  return readFile(path).catch((error: unknown) => {
    throw new UserError(cannotRead(path, error).message, "--data @FILE reads a file, --data @- standard input");
  });
}

const readStreams = new WeakMap<Readable, Promise<Uint8Array>>();

/** Standard input can be read only once, and every URL gets the same body. */
function readOnce(stream: Readable): Promise<Uint8Array> {
  const body = readStreams.get(stream) ?? buffer(stream);
  readStreams.set(stream, body);
  return body;
}

function looksLikeJson(body: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder().decode(body));
    return true;
  } catch {
    return false;
  }
}

function isBrokenJson(body: Uint8Array): boolean {
  return /^\s*[{[]/.test(new TextDecoder().decode(body.subarray(0, BEGINNING_BYTES))) && !looksLikeJson(body);
}

/** Enough bytes to see how a body begins. */
const BEGINNING_BYTES = 64;

/** The header values that no output may show, chosen by the names of the headers. */
export function secretHeadersIn(headers: Readonly<Record<string, string>>): string[] {
  return [...secretsIn(headers, isSecretHeader), ...protocolSecretsIn(headers)];
}

/** Browsers cannot set a WebSocket's headers, so OpenAI and others accept keys in the list of subprotocols. */
function protocolSecretsIn({ [PROTOCOL_HEADER]: protocols = "" }: Readonly<Record<string, string>>): string[] {
  return spellings(secretsInProtocols(protocols));
}

/** The values of headers chosen by name; for `Bearer x` also x, and for `a=x; b=y` also x and y. */
function secretsIn(headers: Readonly<Record<string, string>>, isChosen: (name: string) => boolean): string[] {
  const values = Object.entries(headers)
    .filter(([name]) => isChosen(name))
    .flatMap(([, value]) => [value, value.replace(/^\S+\s+/, "")].concat(cookieValues(value)));
  return spellings(values);
}

function cookieValues(header: string): string[] {
  return header.split(";").map((pair) => pair.slice(pair.indexOf("=") + 1).trim());
}
