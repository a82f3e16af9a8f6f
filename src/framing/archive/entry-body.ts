// The body of an entry: decompresses it, and detects whether it is a stream.
import type * as Zlib from "node:zlib";
import type { HttpHead } from "../../model/http-head.ts";
import type { Framing } from "../framing.ts";
import { awsEventstream, isCalledEventstream } from "../aws-eventstream.ts";
import { beginsWithField } from "../log/ascii.ts";
import { jsonArray } from "../json-array.ts";
import { ndjson } from "../ndjson.ts";
import { sse } from "../sse.ts";

const GZIP = [0x1f, 0x8b];

/** Whether a body is compressed, by its header or its first bytes; most recorders write it decompressed. */
export function mayBeCompressed(body: Uint8Array, contentEncoding: string | null): boolean {
  return isGzip(body) || (/^\s*(?:deflate|br)\s*$/i.test(contentEncoding ?? "") && !startsAsText(body));
}

/** The body decompressed by zlib, which is loaded only where there is one, to `maxBytes` at most; as it is where its header says what it is not. */
export function decompressBody(
  body: Buffer,
  contentEncoding: string | null,
  maxBytes: number,
  { brotliDecompressSync, constants, gunzipSync, inflateSync }: typeof Zlib,
): Buffer {
  // A cut body gives what there is of it.
  const options = { maxOutputLength: maxBytes, finishFlush: constants.Z_SYNC_FLUSH };
  const coding = contentEncoding?.trim().toLowerCase() ?? "";
  try {
    if (isGzip(body)) return gunzipSync(body, options);
    if (coding === "deflate") return inflateSync(body, options);
    if (coding === "br") {
      return brotliDecompressSync(body, { ...options, finishFlush: constants.BROTLI_OPERATION_FLUSH });
    }
  } catch {
    // Not what its header says, or larger than the limit: what it is instead is said of the bytes as they are.
  }
  return body;
}

/** The framing of a body that is a stream; null for one that is none. `url` and `method` are of what was asked for. */
export function framingOf(
  body: Buffer,
  { http, url, method }: { readonly http: HttpHead | null; readonly url: string; readonly method: string },
): Framing | null {
  const type = http?.contentType?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type === "text/event-stream") return sse;
  if (isCalledEventstream(http) || awsEventstream.detect(body, true) === true) return awsEventstream;
  const start = body.findIndex((byte) => byte > SPACE);
  if (start === -1) return null;
  if (beginsWithField(body, start, body.length)) return sse;
  // Many APIs answer with an array; it is a stream only where one was asked for: `:streamGenerateContent`.
  if (/stream/i.test(url) && jsonArray.detect(body, true) === true) return jsonArray;
  // A response that is one line of JSON is no stream.
  // Lines of JSON that a GET brings are a file: the results of a batch, a data set.
  const isDownload = method === "GET" && !type.includes("ndjson");
  const isLines = !isDownload && (/ndjson|jsonl/.test(type) || isSeveralLines(body.subarray(start)));
  return isLines && ndjson.detect(body, true) === true ? ndjson : null;
}

function isGzip(body: Uint8Array): boolean {
  return GZIP.every((byte, index) => body[index] === byte);
}

const SPACE = 0x20;
const LF = 0x0a;
const TAB = 0x09;
const OPENING_BRACE = 0x7b;

function isSeveralLines(body: Uint8Array): boolean {
  const end = body.indexOf(LF);
  return end !== -1 && body[end + 1] === OPENING_BRACE;
}

/** No compressed body begins with the beginning of a stream or of JSON. */
function startsAsText(body: Uint8Array): boolean {
  return body
    .subarray(0, "data:".length)
    .every((byte) => byte === TAB || byte === LF || (byte >= SPACE && byte < 0x7f));
}
