// Bytes in, lines out, at any chunking. LF, CR and CRLF end a line, in any mixture (WHATWG HTML 9.2.5); in logs only
// LF.
import { createByteBuffer } from "./byte-buffer.ts";

const LF = 0x0a;
const CR = 0x0d;

/** One line without its line end; valid until the callback returns. */
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
  /** Sets the input place of the next byte, on line `place.line`: the bytes before it are not part of the lines. */
  moveTo(place: InputPlace): void;
  /** Skips lines of the same chunk after the current one, which the consumer has already read. */
  pass(bytes: number, lines: number): void;
  /** The input offset of the current chunk, or of the next one. */
  readonly totalBytes: number;
  /** The unfinished line so far, or null; at the end of the input, the last line without a line end. */
  rest(): Line | null;
}

/**
 * Calls `onLine` once for each line, with one object that is reused, and with the position in the chunk where the next
 * line begins. A line is passed on when the first byte of its line end arrives, so a CR never waits for an LF. The byte
 * order mark at the very start is dropped. Each byte is read a constant number of times, however the input is cut.
 */
export function createLineSplitter(
  onLine: (line: Line, next: number) => void,
  lineEnds: "any" | "lf" = "any",
): LineSplitter {
  const line: Line = { bytes: Buffer.alloc(0), start: 0, end: 0, number: 0, offset: 0 };
  /** The beginning of a line whose end has not arrived. */
  const carry = createByteBuffer();
  /** Where that line begins: the input may hold other bytes between its chunks. */
  let carryLine = 0;
  let carryOffset = 0;
  let isFirstLine = true;
  let finishedLines = 0;
  /** The last chunk ended in CR: an LF at the start of the next one belongs to it. */
  let afterCarriageReturn = false;
  /** Bytes after the current line that were skipped. */
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

/** Whether `bytes` begin with the UTF-8 byte order mark. */
export function beginsWithByteOrderMark(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
  return end - start >= BYTE_ORDER_MARK_BYTES && BYTE_ORDER_MARK.every((byte, index) => bytes[start + index] === byte);
}

/** Whether `bytes` are too few to decide if they begin with the UTF-8 byte order mark. */
export function mayBecomeByteOrderMark(bytes: Uint8Array): boolean {
  return bytes.length < BYTE_ORDER_MARK_BYTES && bytes.every((byte, index) => byte === BYTE_ORDER_MARK[index]);
}
