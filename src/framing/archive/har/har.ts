// HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), as written by browsers and proxies, with the additions of
// Chrome-based recorders for EventSource and WebSocket.
import { UserError } from "../../../errors.ts";
import { asIndex, asObject, asObjects, asString, type JsonObject } from "../../../model/payload.ts";
import type { Arrival } from "../../../model/timing.ts";
import type { Framing } from "../../framing.ts";
import type { InputPlace } from "../../lines.ts";
import { bytesOfPollyText } from "../hexadecimal.ts";
import { eachValue, linesOfJsonString } from "../document/json-places.ts";
import { webSocket } from "../../web-socket.ts";
import {
  createArchiveFramer,
  type ArchiveFormat,
  type Headers,
  type ParsedEntry,
  type ReadBodyFile,
} from "../archive.ts";
import type { BodyPiece } from "../compressed-body.ts";
import { readEventSource } from "./event-source.ts";
import { readTimings } from "./timings.ts";
import { readWebSocket } from "./web-socket.ts";

/** Bytes that detection looks at. */
const DETECTION_BYTES = 4096;

/** The keys that `log` may start with; no log line of JSON does. */
const BEGINNING = /^\s*\{\s*"log"\s*:\s*\{\s*"(?:version|creator|browser|pages|entries|comment|_\w+)"/;
/** The first byte of most inputs shows that they are not an object. */
const OPENING_BRACE = 0x7b;
const SPACE = 0x20;
const DELETE = 0x7f;
/** Possible prefixes of that start, without spaces. */
const SQUEEZED = '{"log":{"';

const format: ArchiveFormat = { name: "har", kind: "HAR file", parse: parseHar };

export const har: Framing = {
  name: format.name,
  title: "a HAR file: each recorded response that is a stream",
  mediaTypes: [],
  detect(input, complete) {
    if (!mayBeObject(input[0])) return false;
    const head = Buffer.from(input.subarray(0, DETECTION_BYTES)).toString("latin1");
    if (BEGINNING.test(head)) return true;
    const squeezed = head.replaceAll(/\s/g, "");
    const mayBecome = SQUEEZED.startsWith(squeezed) || /^\{"log":\{"\w*$/.test(squeezed);
    return mayBecome && !complete && input.length < DETECTION_BYTES ? null : false;
  },
  create: (open, options) => createArchiveFramer(format, open, options),
};

function* parseHar(document: Buffer, readBeside: ReadBodyFile): Generator<ParsedEntry> {
  const log = asObject(asObject(parseJson(document))?.log);
  const entries = log?.entries;
  if (!Array.isArray(entries)) throw new UserError("this is not a HAR file: it has no log.entries", HINT);
  const creator = asString(asObject(log?.creator)?.name) ?? "";
  const places = findPlaces(document);
  for (const [index, entry] of entries.entries() as IterableIterator<[number, unknown]>) {
    yield readEntry(asObject(entry) ?? {}, creator, readBeside, places.get(index) ?? createPlaces(1), document);
  }
}

/** Where an entry starts, and where the texts of its response are. */
interface EntryPlaces {
  readonly line: number;
  body: InputPlace | null;
  /** Where the data of each message is. */
  readonly messages: Map<number, InputPlace>;
}

function createPlaces(line: number): EntryPlaces {
  return { line, body: null, messages: new Map() };
}

/** `log.entries[0].response.content.text`, `log.entries[0]._webSocketMessages[0].data` */
const TEXT_DEPTH = 6;

function findPlaces(document: Buffer): ReadonlyMap<number, EntryPlaces> {
  const places = new Map<number, EntryPlaces>();
  eachValue(document, TEXT_DEPTH, ([log, entries, index, ...keys], place) => {
    if (log !== "log" || entries !== "entries" || typeof index !== "number") return;
    if (keys.length === 0) places.set(index, createPlaces(place.line));
    const found = places.get(index);
    if (found === undefined) return;
    const [list, message, key] = keys;
    if (/^response\.content\.(?:text|_file)$/.test(keys.join("."))) found.body = place;
    else if (typeof message === "number" && key === "data" && typeof list === "string" && MESSAGES.has(list)) {
      found.messages.set(message, place);
    }
  });
  return places;
}

/** Where Chrome-based recorders keep the messages of a connection; an entry has at most one of them. */
const MESSAGES: ReadonlySet<string> = new Set(["_eventSourceMessages", "_webSocketMessages"]);

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
  creator: string,
  readBeside: ReadBodyFile,
  places: EntryPlaces,
  document: Buffer,
): ParsedEntry {
  const { line } = places;
  const request = asObject(entry.request) ?? {};
  const response = asObject(entry.response) ?? {};
  const content = asObject(response.content) ?? {};
  const mimeType = asString(content.mimeType);
  const arrival = readTimings(entry, creator);
  const requestMs = Date.parse(asString(entry.startedDateTime) ?? "");
  const startedAt = isoOf(requestMs);
  const parsed = {
    method: asString(request.method) ?? "",
    url: asString(request.url) ?? "",
    line,
    status: asIndex(response.status),
    statusText: asString(response.statusText) ?? "",
    headers: headersOf(response.headers),
    // Chrome's value for no status text.
    contentType: mimeType === "" || mimeType === "x-unknown" ? null : mimeType,
    arrival,
    ...(startedAt !== null && { startedAt }),
  };
  const headMs = arrival?.opening?.headMs ?? null;
  const file = readFile(content, readBeside);
  const attached = entry._resourceType === "websocket" ? (file?.[0]?.bytes.toString() ?? null) : null;
  const received = readWebSocket(entry, attached, requestMs, headMs, (message) => {
    const place = places.messages.get(message) ?? places.body ?? { line, offset: 0 };
    return attached === null ? { ...place, offset: place.offset + 1 } : place;
  });
  if (received !== null) {
    const { closedMs, ...messages } = received;
    const end = closedMs === null ? arrival : { ...(arrival ?? NOT_TIMED), endMs: closedMs };
    return { ...parsed, ...messages, arrival: endingBehind(received.pieces, end), wrapping: webSocket };
  }
  const pieces = readContent(content, headersOf(response.headers)) ?? file;
  if (pieces !== null) return { ...parsed, pieces, bodyLines: linesOfBody(content, places, document) };
  const messages = readEventSource(entry, requestMs, headMs, (message) => {
    const place = places.messages.get(message);
    return place === undefined ? [] : linesOfJsonString(document, place);
  });
  return { ...parsed, ...messages, arrival: endingBehind(messages.pieces, arrival) };
}

/** A time in UTC; null for an invalid one. */
function isoOf(ms: number): string | null {
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

const NOT_TIMED: Arrival = { opening: null, firstByteMs: null, endMs: null, heldBackMs: 0 };

/** The times without an end before the last chunk: the connection was still open, or its body is not recorded. */
function endingBehind(pieces: readonly BodyPiece[], arrival: Arrival | null): Arrival | null {
  if (arrival === null) return null;
  const lastMs = pieces.at(-1)?.atMs ?? null;
  return lastMs !== null && (arrival.endMs ?? 0) >= lastMs ? arrival : { ...arrival, endMs: null };
}

/** The lines of a text body; for an encoded body, or one in a file, where it starts or is named. */
function linesOfBody(content: JsonObject, { body }: EntryPlaces, document: Buffer): readonly InputPlace[] {
  if (body === null) return [];
  const isText = typeof content.text === "string" && content.encoding !== "base64";
  return isText ? linesOfJsonString(document, body) : [body];
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
 * A body in a file beside the HAR file, as Playwright writes it with `content: "attach"`:
 * https://playwright.dev/docs/api/class-browser#browser-new-context-option-record-har
 */
function readFile({ _file: name }: JsonObject, readBeside: ReadBodyFile): readonly BodyPiece[] | null {
  const bytes = typeof name === "string" ? readBeside(name) : null;
  return bytes === null ? null : [{ bytes: Buffer.from(bytes), atMs: null }];
}

/** Undefined: nothing has come yet. White space may come first, including non-ASCII white space. */
function mayBeObject(byte: number | undefined): boolean {
  return byte === undefined || byte === OPENING_BRACE || byte <= SPACE || byte >= DELETE;
}
