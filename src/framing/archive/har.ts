// HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), as browsers and proxies write it, with what recorders of Chrome's traffic
// add for EventSource.
import { UserError } from "../../errors.ts";
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../../model/payload.ts";
import type { Framing } from "../framing.ts";
import type { InputPlace } from "../lines.ts";
import { bytesOfPollyText } from "./hexadecimal.ts";
import { eachValue, linesOfJsonString } from "./document/json-places.ts";
import type { BodyPiece } from "./entries.ts";
import {
  createArchiveFramer,
  type ArchiveFormat,
  type Headers,
  type ParsedEntry,
  type ReadBodyFile,
} from "./archive.ts";

/** No more than this is looked at. */
const DETECTION_BYTES = 4096;
const SECOND_MS = 1000;
/** A time that is further from its request is of another clock. */
const LONGEST_MS = 24 * 60 * 60 * SECOND_MS;

/** The keys that `log` may begin with; no log line of JSON does. */
const BEGINNING = /^\s*\{\s*"log"\s*:\s*\{\s*"(?:version|creator|browser|pages|entries|comment|_\w+)"/;
/** What may become that beginning, without the spaces in it. */
const SQUEEZED = '{"log":{"';

const format: ArchiveFormat = { name: "har", kind: "HAR file", parse: parseHar };

export const har: Framing = {
  name: format.name,
  title: "a HAR file: each recorded response that is a stream",
  mediaTypes: [],
  detect(input, complete) {
    const head = Buffer.from(input.subarray(0, DETECTION_BYTES)).toString("latin1");
    if (BEGINNING.test(head)) return true;
    const squeezed = head.replaceAll(/\s/g, "");
    const mayBecome = SQUEEZED.startsWith(squeezed) || /^\{"log":\{"\w*$/.test(squeezed);
    return mayBecome && !complete && input.length < DETECTION_BYTES ? null : false;
  },
  create: (open, options) => createArchiveFramer(format, open, options),
};

async function parseHar(document: Buffer, readBeside: ReadBodyFile): Promise<readonly ParsedEntry[]> {
  const entries = asObject(asObject(parseJson(document))?.log)?.entries;
  if (!Array.isArray(entries)) throw new UserError("this is not a HAR file: it has no log.entries", HINT);
  const { entryLines, bodies } = findPlaces(document);
  return entries.map((entry: unknown, index) => {
    const body = bodies.get(index) ?? null;
    return readEntry(asObject(entry) ?? {}, entryLines.get(index) ?? 1, readBeside, (isText) => {
      if (body === null) return [];
      return isText ? linesOfJsonString(document, body) : [body];
    });
  });
}

/** `log.entries[0].response.content.text` */
const TEXT_DEPTH = 6;

/** Where entries begin, and the texts of their responses. */
function findPlaces(document: Buffer) {
  const entryLines = new Map<number, number>();
  const bodies = new Map<number, InputPlace>();
  eachValue(document, TEXT_DEPTH, ([log, entries, index, ...keys], place) => {
    if (log !== "log" || entries !== "entries" || typeof index !== "number") return;
    if (keys.length === 0) entryLines.set(index, place.line);
    else if (/^response\.content\.(?:text|_file)$/.test(keys.join("."))) bodies.set(index, place);
  });
  return { entryLines, bodies };
}

const HINT = "check whether the file is complete, or set --framing";

function parseJson(document: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(document));
  } catch {
    throw new UserError("this HAR file cannot be read: it is not one whole JSON document", HINT);
  }
}

function readEntry(
  entry: JsonObject,
  line: number,
  readBeside: ReadBodyFile,
  bodyLinesOf: (isText: boolean) => readonly InputPlace[],
): ParsedEntry {
  const request = asObject(entry.request) ?? {};
  const response = asObject(entry.response) ?? {};
  const content = asObject(response.content) ?? {};
  const mimeType = asString(content.mimeType);
  return {
    method: asString(request.method) ?? "",
    url: asString(request.url) ?? "",
    line,
    status: asIndex(response.status),
    statusText: asString(response.statusText) ?? "",
    headers: headersOf(response.headers),
    // Chrome's word for none.
    contentType: mimeType === "" || mimeType === "x-unknown" ? null : mimeType,
    pieces: readContent(content, headersOf(response.headers)) ?? readFile(content, readBeside) ?? readMessages(entry),
    bodyLines: bodyLinesOf(typeof content.text === "string" && content.encoding !== "base64"),
  };
}

function headersOf(list: unknown): Headers {
  const headers = asObjects(list);
  return (name) => asString(headers.find((header) => asString(header.name)?.toLowerCase() === name)?.value);
}

function readContent({ text, encoding }: JsonObject, headers: Headers): readonly BodyPiece[] | null {
  const body = asString(text);
  if (body === null || body === "") return null;
  const bytes = bytesOfPollyText(body, headers("content-encoding"));
  if (bytes !== null) return [{ bytes, atMs: null }];
  return [{ bytes: Buffer.from(body, encoding === "base64" ? "base64" : "utf8"), atMs: null }];
}

/**
 * A body that is in a file beside the HAR file, as Playwright writes it with `content: "attach"`:
 * https://playwright.dev/docs/api/class-browser#browser-new-context-option-record-har
 */
function readFile({ _file: name }: JsonObject, readBeside: ReadBodyFile): readonly BodyPiece[] | null {
  const bytes = typeof name === "string" ? readBeside(name) : null;
  return bytes === null ? null : [{ bytes: Buffer.from(bytes), atMs: null }];
}

/**
 * The messages that recorders of Chrome's traffic write in place of the body of an EventSource, as the stream that they
 * came in. Their keys are those of the protocol, their times in seconds, of the clock of `startedDateTime` or another:
 * https://chromedevtools.github.io/devtools-protocol/tot/Network/#event-eventSourceMessageReceived
 */
function readMessages(entry: JsonObject): readonly BodyPiece[] {
  const messages = asObjects(entry._eventSourceMessages);
  const times = messages.map(({ time }) => (typeof time === "number" ? time * SECOND_MS : null));
  const requestMs = Date.parse(asString(entry.startedDateTime) ?? "");
  const firstMs = times[0] ?? null;
  const isOneClock = firstMs !== null && firstMs >= requestMs && firstMs - requestMs < LONGEST_MS;
  const startMs = isOneClock ? requestMs : firstMs;
  return messages.map(({ data, eventId, eventName }, index) => {
    const time = times[index] ?? null;
    const lines = [
      ...fieldOf("id", eventId),
      ...fieldOf("event", eventName),
      ...(asString(data) ?? "").split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`),
    ];
    const atMs = time === null || startMs === null ? null : Math.max(time - startMs, 0);
    return { bytes: Buffer.from(`${lines.join("")}\n`), atMs };
  });
}

/** A line with a field; none where it says nothing, or what no line can hold. */
function fieldOf(name: string, value: unknown): readonly string[] {
  const text = asString(value);
  return text === null || text === "" || /[\r\n]/.test(text) ? [] : [`${name}: ${text}\n`];
}
