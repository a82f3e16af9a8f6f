// Bytes in, lines out, wherever chunks are cut. LF, CR and CRLF end a line, mixed as they come (WHATWG HTML 9.2.5); or, for
// logs, LF alone.
import { createByteBuffer } from "./byte-buffer.ts";

const LF = 0x0a;
const CR = 0x0d;

/** One line without its line end, valid until the callback returns. */
export interface Line {
  /** Holds the line at `start`..`end`, among other bytes. */
  bytes: Buffer;
  start: number;
  end: number;
  /** Counted from 1. */
  number: number;
  /** Where the line starts in the input, in bytes; on the first line this is after the byte order mark. */
  offset: number;
}

export interface LineSplitter {
  push(chunk: Uint8Array): void;
  /** Passes over lines that follow the one in hand in the same chunk: whoever has it has read them too. */
  pass(bytes: number, lines: number): void;
  /** Bytes taken so far, those of the chunk in hand left out. */
  readonly totalBytes: number;
  /** What has come of the line that has no end yet, or null: at the end of the input, a last line without line end. */
  rest(): Line | null;
}

/**
 * Calls `onLine` once for each line, with one object that is reused, and with where the next line begins in the chunk. A
 * line is handed on when the first byte of its line end arrives, so nothing waits to see whether LF follows a CR. The byte
 * order mark at the very start is dropped. Each byte is looked at a constant number of times, however the input is cut.
 */
export function createLineSplitter(
  onLine: (line: Line, next: number) => void,
  lineEnds: "any" | "lf" = "any",
): LineSplitter {
  const line: Line = { bytes: Buffer.alloc(0), start: 0, end: 0, number: 0, offset: 0 };
  /** The beginning of a line whose end has not arrived. */
  const carry = createByteBuffer();
  let finishedLines = 0;
  /** The last chunk ended in CR: an LF that comes first in the next one belongs to it. */
  let afterCarriageReturn = false;
  /** Input offset of the chunk in hand. */
  let chunkOffset = 0;
  /** Bytes behind the line in hand that were passed over. */
  let passedBytes = 0;

  function place(bytes: Buffer, start: number, end: number, offset: number): Line {
    line.bytes = bytes;
    line.start = start;
    line.end = end;
    line.offset = offset;
    line.number = finishedLines + 1;
    if (line.number === 1 && beginsWithByteOrderMark(bytes, start, end)) {
      line.start += BYTE_ORDER_MARK_BYTES;
      line.offset += BYTE_ORDER_MARK_BYTES;
    }
    return line;
  }

  function finishLine(chunk: Buffer, start: number, end: number, next: number): void {
    if (carry.length === 0) onLine(place(chunk, start, end, chunkOffset + start), next);
    else {
      const offset = chunkOffset + start - carry.length;
      carry.append(chunk, start, end);
      const whole = carry.view();
      carry.clear();
      onLine(place(whole, 0, whole.length, offset), next);
    }
    finishedLines += 1;
  }

  return {
    push(bytes) {
      if (bytes.length === 0) return;
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      let start = afterCarriageReturn && chunk[0] === LF ? 1 : 0;
      afterCarriageReturn = false;
      let lineFeed = chunk.indexOf(LF, start);
      let carriageReturn = lineEnds === "any" ? chunk.indexOf(CR, start) : -1;
      while (lineFeed !== -1 || carriageReturn !== -1) {
        const endsInCarriageReturn = carriageReturn !== -1 && (lineFeed === -1 || carriageReturn < lineFeed);
        const end = endsInCarriageReturn ? carriageReturn : lineFeed;
        const next = endsInCarriageReturn && lineFeed === end + 1 ? end + 2 : end + 1;
        afterCarriageReturn = endsInCarriageReturn && end + 1 === chunk.length;
        finishLine(chunk, start, end, next);
        start = next + passedBytes;
        passedBytes = 0;
        if (carriageReturn !== -1 && carriageReturn < start) carriageReturn = chunk.indexOf(CR, start);
        if (lineFeed !== -1 && lineFeed < start) lineFeed = chunk.indexOf(LF, start);
      }
      if (start < chunk.length) carry.append(chunk, start);
      chunkOffset += chunk.length;
    },
    pass(bytes, lines) {
      passedBytes += bytes;
      finishedLines += lines;
    },
    get totalBytes() {
      return chunkOffset;
    },
    rest() {
      return carry.length === 0 ? null : place(carry.view(), 0, carry.length, chunkOffset - carry.length);
    },
  };
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

export const BYTE_ORDER_MARK_BYTES = BYTE_ORDER_MARK.length;

/** Tells whether `bytes` begin with the UTF-8 byte order mark. */
export function beginsWithByteOrderMark(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
  return end - start >= BYTE_ORDER_MARK_BYTES && BYTE_ORDER_MARK.every((byte, index) => bytes[start + index] === byte);
}

/** Tells whether `bytes` are too few to say if they begin with the UTF-8 byte order mark. */
export function mayBecomeByteOrderMark(bytes: Uint8Array): boolean {
  return bytes.length < BYTE_ORDER_MARK_BYTES && bytes.every((byte, index) => byte === BYTE_ORDER_MARK[index]);
}
