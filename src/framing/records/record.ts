// One line of NDJSON in, the stored body that it carries out.
//
//   {"source":"s3://logs/7.sse","body":"data: …\n\n"}
//   {"source":"7","bodyBase64":"ZGF0YTog…","times":[[412.06,312],[430.9,120],[2130.4,0]],"status":200,
//    "headers":{"content-type":"text/event-stream"},"request":{"method":"POST","url":"https://…","body":{…}}}
//
// `src/rows/engines/README.md` describes the keys for those who write them.
import type { HttpHead } from "../../model/http-head.ts";
import { asObject, asString, type JsonObject } from "../../model/payload.ts";
import { shownName } from "../../sources/index.ts";
import { base64Part, textPart } from "../archive/body-part.ts";
import type { BodyPiece } from "../archive/compressed-body.ts";
import { readHeaders } from "../archive/recorded-headers.ts";
import type { RecordedConnection } from "../framing.ts";
import {
  hasKeys,
  headOf,
  INVALID,
  isThere,
  parseAny,
  requestOf,
  startOf,
  statusOf,
  stopOf,
} from "./stored-exchange.ts";

/** A body, and what was stored with it. */
export interface StoredRecord {
  /** Without what may be a key. */
  readonly source: string;
  /** Where the body is: the key of its value. */
  readonly bodyKey: "body" | "bodyBase64";
  /** The body as its bytes came; in one piece, without a time, where no times were stored. */
  readonly pieces: readonly BodyPiece[];
  readonly http: HttpHead | null;
  /** By which the body's framing is detected; null: not stored. */
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
  /** Method and address; null if the request was not stored. */
  readonly request: string | null;
  readonly recorded: RecordedConnection;
}

/** Why a line holds no body, and whose it is as far as that can be read. */
export interface BrokenRecord {
  readonly source: string | null;
  readonly broken: string;
}

/** Reads the text of a line. */
export function readRecord(text: string): StoredRecord | BrokenRecord {
  const record = parse(text);
  if (record === null) return { source: sourceIn(text), broken: `it is not one JSON object; ${NEEDED}` };
  const { source } = record;
  if (typeof source !== "string" || source === "") {
    const why = isThere(source) && source !== "" ? "`source` is not a string" : "it has no `source`";
    return { source: null, broken: `${why}; ${NEEDED}` };
  }
  const name = shownName(source);
  const broken = (why: string): BrokenRecord => ({ source: name, broken: why });
  const body = bodyOf(record);
  if (typeof body === "string") return broken(body);
  const times = timesOf(record.times);
  if (times === null) return broken("`times` is not a list of [ms, bytes], in the order of time");
  const pieces = cutByTimes(body.bytes, times);
  if (pieces === null) {
    const timed = times.reduce((sum, [, length]) => sum + length, 0);
    return broken(`\`times\` has ${timed} bytes, but the body has ${body.bytes.length}`);
  }
  const startedAt = startOf(record.startedAt);
  if (startedAt === INVALID) {
    return broken("`startedAt` is not a time: write ISO 8601 or ms since 1970, not seconds");
  }
  const status = statusOf(record.status);
  if (status === INVALID) return broken("`status` is not an HTTP status: write a number from 100 to 999");
  const request = requestOf(record.request);
  if (request === INVALID) return broken("`request` is not an object with `method`, `url` and `body`");
  const headers = readHeaders(record.headers ?? {});
  const contentType = asString(record.contentType) ?? headers("content-type");
  return {
    source: name,
    bodyKey: body.key,
    pieces,
    http: status === null ? null : headOf(status, record, contentType, headers("location"), request?.asked ?? null),
    contentType,
    contentEncoding: headers("content-encoding"),
    request: request?.shown ?? null,
    recorded: {
      arrival: arrivalOf(times),
      stop: stopOf(record.error),
      ...(startedAt !== null && { startedAt }),
      ...(status === null && request !== null && request.asked !== null && { asked: request.asked }),
      ...(contentType === null && !hasKeys(record.headers) && { isTypeUnknown: true }),
    },
  };
}

const NEEDED =
  "a record needs `source`, and `body` or `bodyBase64` (keys: src/rows/engines/README.md in $(npm root)/ssescope, or $(npm root --global)/ssescope)";

const SOURCE = /"source"\s*:\s*(?<text>"(?:[^"\\]|\\.)*")/;
const SEARCHED_CHARACTERS = 64 * 1024;

/** The source that the beginning of a broken line names; null if it names none. */
export function sourceIn(text: string): string | null {
  const found = SOURCE.exec(text.slice(0, SEARCHED_CHARACTERS))?.groups?.["text"];
  const source = found === undefined ? null : asString(parseAny(found));
  return source === null || source === "" ? null : shownName(source);
}

function parse(text: string): JsonObject | null {
  return asObject(parseAny(text));
}

interface Body {
  readonly key: StoredRecord["bodyKey"];
  readonly bytes: Buffer;
}

/** The body, or why there is none. A key whose value is null is not there: tables have all columns in every row. */
function bodyOf({ body, bodyBase64 }: JsonObject): Body | string {
  const [hasText, hasBase64] = [isThere(body), isThere(bodyBase64)];
  if (hasText && hasBase64) return "it has both `body` and `bodyBase64`";
  if (!hasText && !hasBase64) return `it has neither \`body\` nor \`bodyBase64\`; ${NEEDED}`;
  const key = hasText ? "body" : "bodyBase64";
  const [part] = hasText ? (typeof body === "string" ? textPart(body, [key]) : []) : base64Part(bodyBase64, [key]);
  if (part === undefined) return `\`${key}\` is not a string`;
  return part.damage === undefined ? { key, bytes: part.read() } : `\`${key}\` is not Base64`;
}

/** When bytes came, in ms since the source was opened, and how many. */
type Time = readonly [ms: number, bytes: number];

/** The times, which engines also write as objects: a struct has names. Empty if there are none, null if they are not times. */
function timesOf(value: unknown): readonly Time[] | null {
  if (!isThere(value)) return [];
  if (!Array.isArray(value)) return null;
  const times: Time[] = [];
  let lastMs = 0;
  for (const item of value as unknown[]) {
    const { ms: named, bytes: length } = asObject(item) ?? {};
    const [ms, bytes]: unknown[] = Array.isArray(item) ? item : [named, length];
    const isTime = typeof ms === "number" && ms >= lastMs && typeof bytes === "number" && Number.isInteger(bytes);
    if (!isTime || bytes < 0) return null;
    times.push([ms, bytes]);
    lastMs = ms;
  }
  return times;
}

/** The body, cut where its chunks began; null if the times are not those of the body. */
function cutByTimes(bytes: Buffer, times: readonly Time[]): readonly BodyPiece[] | null {
  if (times.length === 0) return [{ bytes, atMs: null }];
  const pieces: BodyPiece[] = [];
  let at = 0;
  for (const [atMs, length] of times) {
    if (length > 0) pieces.push({ bytes: bytes.subarray(at, at + length), atMs });
    at += length;
  }
  return at === bytes.length ? pieces : null;
}

/** From the first time to the last, which may be that of the end: it has no bytes. */
function arrivalOf(times: readonly Time[]): RecordedConnection["arrival"] {
  const firstByteMs = times.find(([, bytes]) => bytes > 0)?.[0] ?? null;
  const endMs = times.at(-1)?.[0] ?? null;
  return endMs === null ? null : { opening: null, firstByteMs, endMs, heldBackMs: 0 };
}
