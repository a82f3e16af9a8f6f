// The body of an entry: detects whether it is a stream.
import type { HttpHead } from "../../model/http-head.ts";
import type { Framing } from "../framing.ts";
import { awsEventstream, isCalledEventstream } from "../aws-eventstream.ts";
import { beginsWithField } from "../log/ascii.ts";
import { jsonArray } from "../json-array.ts";
import { ndjson } from "../ndjson.ts";
import { sse } from "../sse.ts";

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

const SPACE = 0x20;
const LF = 0x0a;
const OPENING_BRACE = 0x7b;

function isSeveralLines(body: Uint8Array): boolean {
  const end = body.indexOf(LF);
  return end !== -1 && body[end + 1] === OPENING_BRACE;
}
