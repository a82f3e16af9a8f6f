// Whether an input is lines of records, by the keys of its first line: only those of a record, and a body that begins as a
// stream does.
import { scanJsonKeys } from "../archive/detection/json-keys.ts";
import { FEW_BYTES, isAllOf, MANY_BYTES } from "../archive/detection/scan-keys.ts";

const LF = 0x0a;
const OPENING_BRACE = 0x7b;
const SPACE = 0x20;

/** A record may have other keys where the framing is named. */
const KEYS: ReadonlySet<string> = new Set([
  "source",
  "body",
  "bodyBase64",
  "times",
  "startedAt",
  "contentType",
  "headers",
  "status",
  "statusText",
  "request",
  "error",
]);

/**
 * A body that has several lines and begins with a field, a comment, JSON or a status line. A log line in JSON has keys like
 * these, and one line in its body.
 */
const TEXT_BODY = /"body"\s*:\s*"(?:\\n|\\r)*(?:(?:data|event|id|retry)?:|[[{]|HTTP\/)(?:[^"\\]|\\[^nr])*\\[nr]/;
const ENCODED_BODY = /"bodyBase64"\s*:\s*"[\w+/-]{16}/;
const SEARCHED_BYTES = 64 * 1024;

/** As `Framing.detect`. */
export function looksLikeRecords(head: Uint8Array, complete: boolean): boolean | null {
  const start = head.findIndex((byte) => byte > SPACE);
  if (start === -1) return isAllOf(head, complete, FEW_BYTES) ? false : null;
  if (head[start] !== OPENING_BRACE) return false;
  const lineEnd = head.indexOf(LF, start);
  const isWhole = lineEnd !== -1 || complete;
  const line = head.subarray(start, lineEnd === -1 ? head.length : lineEnd);
  const { topKeys, syntax, isClosed } = scanJsonKeys(line, 0);
  if (syntax !== "object" || [...topKeys].some((key) => !KEYS.has(key))) return false;
  const hasBody = topKeys.has("body") || topKeys.has("bodyBase64");
  const text = Buffer.from(line.buffer, line.byteOffset, Math.min(line.length, SEARCHED_BYTES)).toString("latin1");
  const isAll = isWhole || isClosed || isAllOf(head, complete, MANY_BYTES);
  if (topKeys.has("source") && hasBody && (TEXT_BODY.test(text) || ENCODED_BODY.test(text))) return true;
  return isAll ? false : null;
}
