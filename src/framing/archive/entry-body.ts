// The body of an entry: detects whether it is a stream.
import type { HttpHead } from "../../model/http-head.ts";
import type { Framing } from "../framing.ts";
import { awsEventstream, isCalledEventstream } from "../aws-eventstream.ts";
import { beginsWithField } from "../log/ascii.ts";
import { jsonArray } from "../json-array.ts";
import { ndjson } from "../ndjson.ts";
import { sse } from "../sse.ts";

/** The framing of a body that is a stream; null if it is not one. `url` and `method` are those of the request. */
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
  // Many APIs respond with an array; it is a stream only if the request asks for one: `:streamGenerateContent`.
  if (/stream/i.test(url) && jsonArray.detect(body, true) === true) return jsonArray;
  // A response of one line of JSON is not a stream.
  // JSON lines in response to a GET are a file: the results of a batch, or a data set.
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
