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

/** A place in the input: its line, from 1, and its offset in bytes. */
export interface InputPlace {
  readonly line: number;
  readonly offset: number;
}

export interface LineSplitter {
  push(chunk: Uint8Array): void;
  /** The next byte is at this place of the input, on the line with this number: what lies before it is not of the lines. */
  moveTo(place: InputPlace): void;
  /** Passes over lines that follow the one in hand in the same chunk: whoever has it has read them too. */
  pass(bytes: number, lines: number): void;
  /** Where the chunk in hand begins in the input, or the next one. */
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
  /** Where it stands: the input may hold other bytes between its pieces. */
  let carryLine = 0;
  let carryOffset = 0;
  let isFirstLine = true;
  let finishedLines = 0;
  /** The last chunk ended in CR: an LF that comes first in the next one belongs to it. */
  let afterCarriageReturn = false;
  /** Bytes behind the line in hand that were passed over. */
  let passedBytes = 0;

  function place(bytes: Buffer, start: number, end: number, number: number, offset: number): Line {
    line.bytes = bytes;
    line.start = start;
    line.end = end;
    line.offset = offset;
    line.number = number;
    if (isFirstLine && beginsWithByteOrderMark(bytes, start, end)) {
      line.start += BYTE_ORDER_MARK_BYTES;
      line.offset += BYTE_ORDER_MARK_BYTES;
    }
    return line;
  }

  function finishLine(chunk: Buffer, start: number, end: number, next: number): void {
    if (carry.length === 0) onLine(place(chunk, start, end, finishedLines + 1, splitter.totalBytes + start), next);
    else {
      carry.append(chunk, start, end);
      const whole = carry.view();
      onLine(place(whole, 0, whole.length, carryLine, carryOffset), next);
      carry.free();
    }
    isFirstLine = false;
    finishedLines += 1;
  }

  const splitter: { -readonly [Key in keyof LineSplitter]: LineSplitter[Key] } = {
    totalBytes: 0,
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
      if (start < chunk.length) {
        if (carry.length === 0) {
          carryLine = finishedLines + 1;
          carryOffset = splitter.totalBytes + start;
        }
        carry.append(chunk, start);
      }
      splitter.totalBytes += chunk.length;
    },
    moveTo({ line, offset }) {
      finishedLines = line - 1;
      splitter.totalBytes = offset;
    },
    pass(bytes, lines) {
      passedBytes += bytes;
      finishedLines += lines;
    },
    rest() {
      return carry.length === 0 ? null : place(carry.view(), 0, carry.length, carryLine, carryOffset);
    },
  };
  return splitter;
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
