// Rewrites an event inside another, in Base64: decodes, rewrites and encodes it to the same length.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_PayloadPart.html
import type { KeyPlace } from "./known-keys.ts";

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
/** Characters that appear when decoding something that is not Base64 text. */
// oxlint-disable-next-line no-control-regex
const NO_TEXT = /[\0-\x08\x0e-\x1f\ufffd]/;
/** The last character of a cut frame may be cut too. */
const LONGEST_CUT = 3;
/** Fills up a cut group of Base64. */
const FILLING = "A";

/** Whether a string's place is that of a wrapped event: `bytes`, or `bytes` in `chunk`. */
export function isWrappingPlace({ key, parent }: KeyPlace): boolean {
  return key === "bytes" && (parent === null || parent === "chunk");
}

/** Rewrites the Base64 text from `start` to `end`; false if it is not Base64 text. */
export function redactBase64(bytes: Buffer, start: number, end: number, redact: (inner: Buffer) => void): boolean {
  const base64 = bytes.toString("latin1", start, end);
  if (!BASE64.test(base64)) return false;
  const inner = Buffer.from(base64, "base64");
  if (NO_TEXT.test(inner.toString("utf8", 0, Math.max(0, inner.length - LONGEST_CUT)))) return false;
  redact(inner);
  bytes.write(inner.toString("base64").slice(0, base64.length).padEnd(base64.length, FILLING), start, "latin1");
  return true;
}
