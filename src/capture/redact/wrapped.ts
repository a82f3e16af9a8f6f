// An event inside of an event, in Base64: decoded, rewritten, and encoded again, which takes as many characters.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_PayloadPart.html
import type { KeyPlace } from "./known-keys.ts";

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
/** What decoding gives if there is nothing to decode. */
// oxlint-disable-next-line no-control-regex
const NO_TEXT = /[\0-\x08\x0e-\x1f\ufffd]/;
/** A character may be cut at the end of a frame that is. */
const LONGEST_CUT = 3;
/** Base64 of nothing: for what is left of a group that is cut. */
const FILLING = "A";

/** Whether a string may be a wrapped event by its place: `bytes`, or `bytes` in `chunk`. */
export function isWrappingPlace({ key, parent }: KeyPlace): boolean {
  return key === "bytes" && (parent === null || parent === "chunk");
}

/** Rewrites the text that is in Base64 from `start` to `end`; false if nothing is. */
export function redactBase64(bytes: Buffer, start: number, end: number, redact: (inner: Buffer) => void): boolean {
  const base64 = bytes.toString("latin1", start, end);
  if (!BASE64.test(base64)) return false;
  const inner = Buffer.from(base64, "base64");
  if (NO_TEXT.test(inner.toString("utf8", 0, Math.max(0, inner.length - LONGEST_CUT)))) return false;
  redact(inner);
  bytes.write(inner.toString("base64").slice(0, base64.length).padEnd(base64.length, FILLING), start, "latin1");
  return true;
}
