// Rewrites the frames of an AWS event stream in place: payloads, and texts in headers. A correct checksum is correct
// for the new bytes, and a wrong one is wrong for them.
import {
  checksumOf,
  matches,
  PRELUDE_BYTES,
  readFrame,
  readPrelude,
  renewChecksum,
} from "../../framing/aws-eventstream/frame.ts";
import { TYPES, walkHeaders } from "../../framing/aws-eventstream/headers.ts";
import { redactText } from "./replacements.ts";
import { redactOpaqueUnit } from "./text.ts";
import { rewriteUnits } from "./units.ts";
import { isWord } from "./word-shapes.ts";

/**
 * Headers whose values are words, not text: https://smithy.io/2.0/aws/amazon-eventstream.html#protocol-message-types
 */
const WORDS: ReadonlySet<string> = new Set([
  ":event-type",
  ":message-type",
  ":exception-type",
  ":content-type",
  ":error-code",
]);
const HEADER_NAME = /^:?[\w-]{1,64}$/;
/** A name too long for its header, and not a type: unreadable headers stay unreadable. */
const UNREADABLE = 0xff;
/** The highest byte that a frame starts with; text starts with higher ones. */
const HIGHEST_FIRST_BYTE = 1;

/** Rewrites a whole or cut frame; `redactData` rewrites its payload. */
export function redactFrame(frame: Buffer, redactData: (data: Buffer) => void): void {
  if (frame.length < PRELUDE_BYTES) return;
  const prelude = readPrelude(frame, 0);
  const isWhole = prelude.length === frame.length;
  const wasRight = isWhole && matches(checksumOf(frame, 0, prelude));
  const { start, end } = readFrame(frame, 0, prelude);
  redactHeaders(frame, PRELUDE_BYTES, start);
  redactData(frame.subarray(start, end));
  if (isWhole) renewChecksum(frame, 0, prelude, wasRight);
  // A cut checksum need not be kept.
  else frame.fill(0, end);
}

/** Rewrites bytes that are not a frame: a line of text by `redactLine`, other bytes as opaque. */
export function redactBetweenFrames(bytes: Buffer, redactLine: (line: Buffer) => void): void {
  const [first] = bytes;
  if (first === undefined) return;
  if (first > HIGHEST_FIRST_BYTE) redactLine(bytes);
  // Wrong lengths stay as they are. The bytes after them may be Base64.
  else redactOpaque(bytes, Math.min(PRELUDE_BYTES, bytes.length));
}

/** Replaces bytes that may be Base64, from `start` on. */
export function redactOpaque(bytes: Buffer, start: number): void {
  rewriteUnits(bytes, start, bytes.length, redactOpaqueUnit, false);
}

function redactHeaders(bytes: Buffer, start: number, end: number): void {
  const readTo = walkHeaders(bytes, start, end, ({ nameStart, nameEnd, type, valueStart, valueEnd }) => {
    const name = bytes.toString("latin1", nameStart, nameEnd);
    if (!HEADER_NAME.test(name)) redactText(bytes, nameStart, nameEnd);
    if (type === TYPES.bytes || type === TYPES.uuid) bytes.fill(0, valueStart, valueEnd);
    else if (type === TYPES.string) {
      const isKept = WORDS.has(name) && isWord(bytes.toString("utf8", valueStart, valueEnd));
      if (!isKept) redactText(bytes, valueStart, valueEnd);
    }
  });
  bytes.fill(UNREADABLE, Math.min(readTo, end), end);
}
