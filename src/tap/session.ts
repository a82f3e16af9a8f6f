// Keeps exchanges of a tap or of a repeated request in a folder: for each a capture as `--record` writes it, the
// request beside it, and a line with its report. All files can be read at any moment.
import { open, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../capture/make-folder.ts";
import { recordingSource } from "../capture/recording-source.ts";
import type { Rewriting } from "../capture/recorder.ts";
import {
  EXCHANGES_FILE,
  hashOfBody,
  type KeptRequest,
  parseBody,
  REQUEST_EXTENSION,
  REQUEST_SCHEMA,
} from "../capture/session-files.ts";
import { shareablePath } from "../capture/shareable-path.ts";
import { shareableRequest } from "../capture/shareable-header.ts";
import { OutputError, UserError } from "../errors.ts";
import type { HttpExchange, HttpHead } from "../model/http-head.ts";
import { jsonText } from "../model/json-text.ts";
import type { Report } from "../model/report.ts";
import { isWebSocket } from "../model/web-socket.ts";
import { maskNamedTexts, maskSecrets } from "../sources/secrets.ts";
import type { Source } from "../sources/source.ts";
import type { Exchange } from "./exchange.ts";

/** The parts of an exchange to keep: of a tap, or of a request that ssescope repeats. */
export interface KeptExchange extends Pick<Exchange, "number" | "method" | "path" | "source" | "secrets"> {
  readonly sent: Pick<Exchange["sent"], "kept">;
}

export interface Session {
  /** The source of an exchange; reading it also records it. */
  recorded(exchange: KeptExchange): Source;
  /** Adds the reports of an exchange that is over. Throws OutputError. */
  add(exchange: KeptExchange, reports: readonly Report[]): Promise<void>;
}

/** How a session becomes shareable: it has no request bodies, and its reports describe the redacted copies. */
export interface Sharing {
  /** Makes the redacted bytes to keep. */
  readonly redactor: (http: HttpHead | null) => Rewriting;
  /** Inspects a redacted copy. */
  readonly inspect: (path: string) => Promise<readonly Report[]>;
}

/**
 * Begins a session in a folder, which must be new or empty. `sharing` null: nothing is redacted. Throws UserError,
 * OutputError.
 */
export async function openSession(folder: string, sharing: Sharing | null): Promise<Session> {
  await makeFolder(folder).catch((error: unknown) => fail(folder, error));
  const there = await readdir(folder).catch((error: unknown) => fail(folder, error));
  if (there.length > 0) throw new UserError(`--record ${folder} is not empty`, "name a new folder for each session");
  const captures = new Map<KeptExchange, string>();
  const requests = new Map<KeptExchange, Promise<void>>();
  /** Lines are appended one after another, each in one write. */
  let writes: Promise<void> = Promise.resolve();

  /** Writes the request as far as it was sent. A reader finds a complete file, or none. */
  async function keepRequest(exchange: KeptExchange, capture: string): Promise<void> {
    const path = join(folder, nameOf(exchange, sharing !== null) + REQUEST_EXTENSION);
    await writeFile(`${path}.new`, `${jsonText(keptRequest(exchange, capture, sharing !== null), 2)}\n`);
    await rename(`${path}.new`, path);
  }

  function addLines(lines: readonly string[]): Promise<void> {
    const path = join(folder, EXCHANGES_FILE);
    return (writes = writes.then(() => appendAtOnce(path, lines.join(""))));
  }

  return {
    recorded(exchange) {
      const { source } = exchange;
      return recordingSource(
        source,
        (http) => {
          const capture = nameOf(exchange, sharing !== null) + extensionOf(http);
          captures.set(exchange, capture);
          const kept = keepRequest(exchange, capture);
          // `add` reports a failure when the exchange is over.
          kept.catch(() => {});
          requests.set(exchange, kept);
          return join(folder, capture);
        },
        sharing?.redactor ?? null,
      );
    },
    async add(exchange, reports) {
      const capture = captures.get(exchange) ?? `${nameOf(exchange, sharing !== null)}${extensionOf(null)}`;
      const shown = sharing === null ? reports : await sharing.inspect(join(folder, capture));
      try {
        await requests.get(exchange);
        // Free the request's body, which may be large.
        requests.delete(exchange);
        captures.delete(exchange);
        // A client may send while it receives, so write the request again now that it is complete.
        await keepRequest(exchange, capture);
        await addLines(shown.map((report) => `${jsonText({ ...report, source: capture })}\n`));
      } catch (error) {
        fail(folder, error);
      }
    },
  };
}

/** Appends a text in one system call, so that a kill leaves all of it or nothing. */
async function appendAtOnce(path: string, text: string): Promise<void> {
  const file = await open(path, "a");
  try {
    await file.write(text);
  } finally {
    await file.close();
  }
}

function fail(folder: string, error: unknown): never {
  throw error instanceof Error ? new OutputError(`cannot record to ${folder}: ${error.message}`) : error;
}

const NUMBER_DIGITS = 4;
const LONGEST_NAME = 60;

/** `0001-post-v1-responses` */
function nameOf({ number, method, path }: Pick<KeptExchange, "number" | "method" | "path">, isShared: boolean): string {
  const [asked = ""] = path.split("?", 1);
  const words = `${method}${isShared ? shareablePath(asked) : asked}`.toLowerCase().replace(/[^a-z\d]+/g, "-");
  return `${String(number).padStart(NUMBER_DIGITS, "0")}-${words.slice(0, LONGEST_NAME).replace(/^-+|-+$/g, "")}`;
}

/** File extensions by the content type of the response. */
const EXTENSIONS: readonly (readonly [type: RegExp, extension: string])[] = [
  [/^text\/event-stream/, ".sse"],
  [/ndjson|jsonl/, ".ndjson"],
  [/json/, ".json"],
  [/^text\/html/, ".html"],
  [/^text\//, ".txt"],
];

function extensionOf(exchange: HttpExchange | null): string {
  if (exchange !== null && isWebSocket(exchange.response)) return ".ndjson";
  const type = exchange?.response.headers["content-type"]?.trim().toLowerCase() ?? "";
  return EXTENSIONS.find(([known]) => known.test(type))?.[1] ?? ".bin";
}

function keptRequest({ source, sent, secrets }: KeptExchange, capture: string, isShared: boolean): KeptRequest {
  const asked = source.asked?.() ?? { method: "", url: "", headers: {} };
  const bytes = isShared ? null : sent.kept();
  const body = bytes === null || bytes.length === 0 ? null : bytes;
  return {
    schema: REQUEST_SCHEMA,
    capture,
    request: isShared ? shareableRequest(asked) : asked,
    bodyHash: body === null ? null : hashOfBody(body),
    body: body === null ? null : describeBody(body, secrets),
  };
}

/** The body may repeat the keys from the headers, and contain others: those of tools on other servers. */
function describeBody(sent: Buffer, secrets: readonly string[]): KeptRequest["body"] {
  const body = Buffer.from(maskNamedTexts(maskSecrets(sent.toString("latin1"), secrets)), "latin1");
  const value = parseBody(body);
  if (value !== undefined) return { json: value };
  const text = body.toString();
  return Buffer.from(text).equals(body) ? { text } : { base64: body.toString("base64") };
}
