// Removes chunked transfer coding (RFC 9112, 7.1): chunks in, their data out.
// https://www.rfc-editor.org/rfc/rfc9112#section-7.1
import { PRELUDE_BYTES, isPossible, matches, readPrelude } from "./aws-eventstream/frame.ts";
import type { WireDefect } from "../model/wire.ts";
import type { Framer } from "./framing.ts";
import { beginsWithField } from "./log/ascii.ts";

const LF = 0x0a;
const CR = 0x0d;
const OPENING_BRACE = 0x7b;
const OPENING_BRACKET = 0x5b;
/** A chunk's size in hexadecimal, and extensions, which are legal but not used in practice. */
const SIZE_LINE = /^(?<size>[0-9A-Fa-f]{1,8})[ \t]{0,20}(?:;[^\r\n]{0,200})?\r?\n/;
const MAY_BECOME_SIZE_LINE = /^(?:[0-9A-Fa-f]{1,8}[ \t]{0,20}(?:;[^\r\n]{0,200})?\r?)?$/;
const LONGEST_SIZE_LINE = 220;
/** Enough to see the size, the start of the chunk, and the next size after a short chunk. */
const DETECTION_BYTES = 64 * 1024;

/**
 * Whether bytes are chunks of a stream: a size, then a field, a comment, JSON or a binary frame, and another size where
 * the chunk ends. Null: more bytes are needed.
 */
export function beginsChunked(head: Buffer, complete: boolean): boolean | null {
  const input = head.subarray(0, DETECTION_BYTES);
  const text = input.toString("latin1", 0, LONGEST_SIZE_LINE);
  const sizeLine = SIZE_LINE.exec(text);
  const undecided = complete ? false : null;
  if (sizeLine === null) return MAY_BECOME_SIZE_LINE.test(text) && text !== "" ? undecided : false;
  const start = sizeLine[0].length;
  const size = Number.parseInt(sizeLine.groups?.["size"] ?? "", 16);
  if (size === 0) return false;
  const rest = input.length - start;
  if (rest < Math.min(size, LONGEST_FIELD_BYTES) && !complete) return null;
  const first = input[start];
  const frame = beginsFrame(input.subarray(start), size);
  if (frame === null && !complete) return null;
  const isJson = first === OPENING_BRACE || first === OPENING_BRACKET;
  // A chunk may end within the name of the first field.
  if (!isJson && frame !== true && !beginsWithField(input, start, input.length) && size >= LONGEST_FIELD_BYTES)
    return false;
  const end = input[start + size];
  // The bytes after the chunk are always checked; otherwise the result would depend on how the input is cut.
  if (end === undefined) return complete || start + size >= DETECTION_BYTES ? true : null;
  return end === CR || end === LF;
}

/** Whether a chunk of that size begins like a binary frame; null: more bytes are needed. */
function beginsFrame(data: Buffer, size: number): boolean | null {
  if ((data[0] ?? PRELUDE_BYTES) > 1) return false;
  if (size < PRELUDE_BYTES) return true;
  if (data.length < PRELUDE_BYTES) return null;
  const prelude = readPrelude(data, 0);
  return isPossible(prelude) && matches(prelude.checksum);
}

const LONGEST_FIELD_BYTES = "event:".length;

type State = "size" | "data" | "data-end" | "rest";

/** Receives each fault of the coding, with its place. */
export type OnChunkFault = (fault: Pick<WireDefect, "type" | "text" | "line" | "offset">) => void;

/** How much is quoted of the bytes found in place of a size. */
const LONGEST_QUOTE = 40;

/**
 * Passes the data of the chunks to `body`, each at its place in the input. Bytes after the last chunk are dropped. If
 * anything but a size follows a chunk, the rest is passed on as it is.
 */
export function createChunkedBody(
  body: Framer,
  startsAt: { readonly line: number; readonly offset: number },
  onFault: OnChunkFault,
): Framer {
  let { line, offset } = startsAt;
  let state: State = "size";
  let sizeLine = "";
  /** Bytes of the current chunk that are still to come. */
  let left = 0;
  let isOver = false;

  function give(bytes: Buffer, atMs: number | null): void {
    if (bytes.length === 0) return;
    body.push(bytes, atMs);
    offset += bytes.length;
    for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) line += 1;
  }

  /** Reads one byte of a size line; returns the bytes if they cannot be a size line. */
  function readSize(byte: number): Buffer | null {
    sizeLine += String.fromCharCode(byte);
    const size = SIZE_LINE.exec(sizeLine)?.groups?.["size"];
    if (size === undefined) return MAY_BECOME_SIZE_LINE.test(sizeLine) ? null : Buffer.from(sizeLine, "latin1");
    offset += sizeLine.length;
    line += 1;
    sizeLine = "";
    left = Number.parseInt(size, 16);
    isOver = left === 0;
    state = isOver ? "rest" : "data";
    body.moveTo?.({ line, offset });
    return null;
  }

  return {
    push(bytes, atMs) {
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let at = 0; at < chunk.length;) {
        if (state === "rest") {
          if (!isOver) return give(chunk.subarray(at), atMs);
          offset += chunk.length - at;
          return;
        }
        if (state === "data") {
          const end = Math.min(at + left, chunk.length);
          left -= end - at;
          give(chunk.subarray(at, end), atMs);
          at = end;
          if (left === 0) state = "data-end";
          continue;
        }
        const byte = chunk[at] ?? 0;
        if (state === "data-end" && (byte === CR || byte === LF)) {
          at += 1;
          offset += 1;
          if (byte === LF) {
            line += 1;
            state = "size";
          }
          continue;
        }
        state = "size";
        at += 1;
        const text = readSize(byte);
        if (text === null) continue;
        state = "rest";
        body.moveTo?.({ line, offset });
        onFault({ type: "wrong-chunk-size", text: quote(text), line, offset });
        give(text, atMs);
      }
    },
    async load(settle) {
      await body.load?.(settle);
    },
    end() {
      if (state !== "rest") onFault({ type: "last-chunk-missing", text: "", line, offset: offset + sizeLine.length });
      body.moveTo?.({ line, offset: offset + sizeLine.length });
      body.end();
    },
  };
}

function quote(bytes: Buffer): string {
  return bytes.toString("latin1", 0, LONGEST_QUOTE).trim();
}
