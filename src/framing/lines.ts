// Bytes in, lines out: LF, CR and CRLF end a line, mixed as they come and wherever chunks are cut (WHATWG HTML 9.2.5).

const LF = 0x0a;
const CR = 0x0d;
const FIRST_CARRY_BYTES = 4096;

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
  /** Bytes of the line that is not yet over. */
  readonly carriedBytes: number;
  /** Number of that line, from 1. */
  readonly lineNumber: number;
  /** Bytes taken so far. */
  readonly totalBytes: number;
  /** The last line where the input ended without a line end, else null. */
  rest(): Line | null;
}

/**
 * Calls `onLine` once for each line, with one object that is reused. A line is handed on when the first byte of its
 * line end arrives, so nothing waits to see whether LF follows a CR. The byte order mark at the very start is dropped.
 * Each byte is looked at a constant number of times, however the input is cut.
 */
export function createLineSplitter(onLine: (line: Line) => void): LineSplitter {
  const line: Line = { bytes: Buffer.alloc(0), start: 0, end: 0, number: 0, offset: 0 };
  /** The beginning of a line whose end has not arrived; grows by doubling so that tiny chunks cost what they weigh. */
  let carry = Buffer.alloc(0);
  let carriedBytes = 0;
  /** The last chunk ended in CR: an LF that comes first in the next one belongs to it. */
  let afterCarriageReturn = false;
  /** Input offset of the chunk in hand. */
  let chunkOffset = 0;

  function carryOn(chunk: Buffer, start: number): void {
    const needed = carriedBytes + chunk.length - start;
    if (needed > carry.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(needed, carry.length * 2, FIRST_CARRY_BYTES));
      carry.copy(grown, 0, 0, carriedBytes);
      carry = grown;
    }
    chunk.copy(carry, carriedBytes, start);
    carriedBytes = needed;
  }

  function place(bytes: Buffer, start: number, end: number, offset: number): Line {
    line.bytes = bytes;
    line.start = start;
    line.end = end;
    line.offset = offset;
    line.number += 1;
    if (line.number === 1 && beginsWithByteOrderMark(bytes, start, end)) {
      line.start += BYTE_ORDER_MARK_BYTES;
      line.offset += BYTE_ORDER_MARK_BYTES;
    }
    return line;
  }

  function finishLine(chunk: Buffer, start: number, end: number): void {
    if (carriedBytes === 0) {
      onLine(place(chunk, start, end, chunkOffset + start));
      return;
    }
    const offset = chunkOffset + start - carriedBytes;
    carryOn(chunk.subarray(0, end), start);
    const length = carriedBytes;
    carriedBytes = 0;
    onLine(place(carry, 0, length, offset));
    carry = Buffer.alloc(0);
  }

  return {
    push(bytes) {
      if (bytes.length === 0) return;
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      let start = afterCarriageReturn && chunk[0] === LF ? 1 : 0;
      afterCarriageReturn = false;
      let lineFeed = chunk.indexOf(LF, start);
      let carriageReturn = chunk.indexOf(CR, start);
      while (lineFeed !== -1 || carriageReturn !== -1) {
        const endsInCarriageReturn = carriageReturn !== -1 && (lineFeed === -1 || carriageReturn < lineFeed);
        const end = endsInCarriageReturn ? carriageReturn : lineFeed;
        finishLine(chunk, start, end);
        start = end + 1;
        if (endsInCarriageReturn) {
          if (start === chunk.length) afterCarriageReturn = true;
          else if (lineFeed === start) start += 1;
          carriageReturn = chunk.indexOf(CR, start);
        }
        if (lineFeed !== -1 && lineFeed < start) lineFeed = chunk.indexOf(LF, start);
      }
      if (start < chunk.length) carryOn(chunk, start);
      chunkOffset += chunk.length;
    },
    get carriedBytes() {
      return carriedBytes;
    },
    get lineNumber() {
      return line.number + 1;
    },
    get totalBytes() {
      return chunkOffset;
    },
    rest() {
      return carriedBytes === 0 ? null : place(carry, 0, carriedBytes, chunkOffset - carriedBytes);
    },
  };
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

export const BYTE_ORDER_MARK_BYTES = BYTE_ORDER_MARK.length;

/** Tells whether `bytes` begin with the UTF-8 byte order mark. */
export function beginsWithByteOrderMark(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
  return end - start >= BYTE_ORDER_MARK_BYTES && BYTE_ORDER_MARK.every((byte, index) => bytes[start + index] === byte);
}
