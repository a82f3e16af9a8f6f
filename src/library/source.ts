// Turns an input of the library into a source of the pipeline.
import { ReadStream } from "node:fs";
import { fileURLToPath } from "node:url";
import { UserError } from "../errors.ts";
import type { Chunk } from "../model/chunk.ts";
import { headOf, type HttpHead } from "../model/http-head.ts";
import type { InspectOptions } from "../pipeline/inspect-source.ts";
import { cannotRead, isSystemError, type PathHints } from "../sources/cannot-read.ts";
import { fileSource } from "../sources/file.ts";
import { isUrl, sourceOf } from "../sources/index.ts";
import { bareInput } from "../sources/input.ts";
import { maskHeaders, maskUrl, secretsOf } from "../sources/secrets.ts";
import type { Source, SourceContext } from "../sources/source.ts";
import { GIBIBYTE, MEBIBYTE } from "../wording/sizes.ts";
import { receive } from "./chunks.ts";
import { bytesOf, type FetchResponse, type Input, isChunks, isNodeResponse, isResponse, isWebStream } from "./input.ts";
import { ownProcess } from "./own-process.ts";
import { endingWithResponse } from "./result.ts";

/** Maximum size of buffered input, the default of the command line. */
export const LIMITS = { maxEventBytes: 256 * MEBIBYTE, maxDecodedBytes: 4 * GIBIBYTE } as const;

type DialectName = InspectOptions["dialect"];

/** The source of a path or URL. `name`: its name in reports; null: its own. Throws UserError if it is neither. */
export async function sourceOfName(input: string, name: string | null, dialect: DialectName): Promise<Source> {
  return renamed(await endingWithResponse(await namedSource(input), dialect), name);
}

/**
 * The source of any other input, read from now on. `onAbort` is called if the program aborts the request of this
 * response. Throws UserError for an invalid input.
 */
export function sourceOfValue(input: Input, name: string | null, onAbort: () => void): Source {
  return renamed(valueSource(input, onAbort), name);
}

function valueSource(input: unknown, onAbort: () => void): Source {
  if (typeof input !== "object" || input === null) throw unfit(input === null ? "null" : typeof input);
  const bytes = bytesOf(input);
  if (bytes !== null) return bytesSource("bytes", bytes);
  if (isResponse(input)) return responseSource(input, onAbort);
  // A file, whose bytes have no times of their own.
  if (input instanceof ReadStream) return readStreamSource(input);
  if (isNodeResponse(input)) {
    const { statusCode: status, statusMessage: statusText = "", headers } = input;
    const lines = Object.entries(headers).map(([name, value]): HeaderLine => [name, [value ?? []].flat().join(", ")]);
    return {
      name: "response",
      ...receive(input, { head: headFrom(status, statusText, lines, null), url: null, onAbort }),
    };
  }
  if (!isWebStream(input) && !isChunks(input)) throw unfit(nameOfClass(input));
  return { name: "stream", ...receive(input, { head: null, url: null, onAbort }) };
}

/** `Object`, `Array`, `Map` */
function nameOfClass(value: object): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}

function unfit(kind: string): UserError {
  return new UserError(
    `cannot read an input of this kind: ${kind}`,
    "give a path, a URL, a Response, a stream, or bytes",
  );
}

/** Bytes in memory. */
export function bytesSource(name: string, bytes: Uint8Array): Source {
  return { name, open: async (signal) => bareInput(pieces(bytes, signal)) };
}

function renamed(source: Source, name: string | null): Source {
  return name === null ? source : { ...source, name };
}

async function namedSource(address: string): Promise<Source> {
  if (address.startsWith("file://")) return libraryFile(fileURLToPath(address));
  if (/[\n\r]/.test(address)) {
    throw new UserError(
      "expected a path or URL, but got several lines of text",
      "for a stream as text: Buffer.from(text)",
    );
  }
  return isUrl(address) ? sourceOf(address, CONTEXT) : libraryFile(address);
}

/** The source of a file, with hints for programs. */
export function libraryFile(path: string): Source {
  return fileSource(path, () => {}, HINTS);
}

const HINTS: PathHints = {
  missing: (isGarbled) =>
    isGarbled
      ? "names must be valid UTF-8: rename it, or give its bytes"
      : "check the path: a relative one starts in the working directory of the process",
  folder: () => "give the path of a file in it",
};

/** A plain GET. For any other request, callers make it themselves and pass its response. */
const CONTEXT: SourceContext = {
  io: ownProcess,
  request: { method: null, headers: [], headerEnv: [], data: [], bearerEnv: null },
  network: {
    connectTimeoutMs: 10_000,
    headTimeoutMs: null,
    idleTimeoutMs: null,
    maxTimeMs: null,
    retries: 0,
    caFile: null,
    insecure: false,
    http2: false,
    locationTrusted: false,
  },
  ...LIMITS,
  talk: () => {},
};

/** Throws UserError if the body was read already. */
function responseSource(response: FetchResponse, onAbort: () => void): Source {
  if (response.bodyUsed) {
    throw new UserError("the body of this Response was already read", "give response.clone(), taken before it is read");
  }
  const url = URL.canParse(response.url) ? new URL(response.url) : null;
  const name = url === null ? "response" : maskUrl(url);
  const lines: HeaderLine[] = [];
  response.headers.forEach((value, header) => lines.push([header.toLowerCase(), value]));
  const head = headFrom(response.status, response.statusText, lines, url);
  return { name, ...receive(response.body ?? nothing(), { head, url, onAbort }) };
}

type HeaderLine = readonly [name: string, value: string];

/** The headers, without secrets. Names are in lower case. */
function headFrom(status: number, statusText: string, lines: readonly HeaderLine[], url: URL | null): HttpHead {
  const headers = maskHeaders(lines, url ?? UNKNOWN_ADDRESS, url === null ? [] : secretsOf(url));
  // The request is unknown, and is removed again.
  const request = { method: "", url: "", headers: {} };
  const { request: _, ...head } = headOf({ request, response: { status, statusText, headers } });
  return head;
}

const UNKNOWN_ADDRESS = new URL("http://unknown.invalid");

async function* nothing(): AsyncGenerator<Uint8Array> {}

function readStreamSource(stream: ReadStream): Source {
  const name = String(stream.path);
  return { name, open: async (signal) => bareInput(untimed(name, stream, signal)) };
}

async function* untimed(name: string, stream: ReadStream, signal: AbortSignal): AsyncGenerator<Chunk> {
  try {
    for await (const chunk of stream) {
      if (signal.aborted) return;
      yield { bytes: typeof chunk === "string" ? Buffer.from(chunk) : chunk, atMs: null };
    }
  } catch (error) {
    throw isSystemError(error) ? cannotRead(name, error, HINTS) : error;
  }
}

/** Larger chunks would not fit the processor's caches; signals are handled between two. */
async function* pieces(bytes: Uint8Array, signal: AbortSignal): AsyncGenerator<Chunk> {
  for (let from = 0; from < bytes.length && !signal.aborted; from += MEBIBYTE) {
    if (from > 0) await new Promise((resolve) => setImmediate(resolve));
    yield { bytes: bytes.subarray(from, from + MEBIBYTE), atMs: null };
  }
}
