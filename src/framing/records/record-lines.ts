// Bytes in, lines of NDJSON out, each as a copy; of a line over the limit, its beginning.
import { createByteBuffer } from "../byte-buffer.ts";
import { BYTE_ORDER_MARK_BYTES, beginsWithByteOrderMark, type InputPlace } from "../lines.ts";

const LF = 0x0a;

/** A line that is not blank. */
export interface RecordLine extends InputPlace {
  /** Without its line end; only the beginning if it is too long. */
  readonly bytes: Buffer;
  readonly isTooLong: boolean;
}

export interface RecordLines {
  push(chunk: Buffer): readonly RecordLine[];
  /** The last line, if it has no end. */
  end(): readonly RecordLine[];
}

/** What is kept of a line over the limit: its source stands there, if anywhere. */
const KEPT_BYTES = 64 * 1024;
const SPACE = 0x20;

/** Lines end in LF; a CR before it is space to JSON. Of a line no more than `maxBytes` are held. */
export function createRecordLines(maxBytes: number): RecordLines {
  const held = createByteBuffer();
  let line = 1;
  /** Where the line in hand begins. */
  let offset = 0;
  let isTooLong = false;
  let totalBytes = 0;

  function hold(piece: Buffer): void {
    if (isTooLong) return;
    const isOver = held.length + piece.length > maxBytes;
    const room = isOver ? Math.max(Math.min(KEPT_BYTES, maxBytes) - held.length, 0) : piece.length;
    held.append(piece, 0, room);
    isTooLong = isOver;
  }

  /** The line in hand; an empty list if it is blank. */
  function take(end: number): readonly RecordLine[] {
    const bytes = Buffer.from(held.view().subarray(0, isTooLong ? KEPT_BYTES : held.length));
    const start = line === 1 && beginsWithByteOrderMark(bytes) ? BYTE_ORDER_MARK_BYTES : 0;
    const taken = { bytes: bytes.subarray(start), line, offset: offset + start, isTooLong };
    held.free();
    line += 1;
    offset = end;
    isTooLong = false;
    return taken.bytes.some((byte) => byte > SPACE) ? [taken] : [];
  }

  return {
    push(chunk) {
      const lines: RecordLine[] = [];
      let start = 0;
      for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, start)) {
        hold(chunk.subarray(start, end));
        lines.push(...take(totalBytes + end + 1));
        start = end + 1;
      }
      hold(chunk.subarray(start));
      totalBytes += chunk.length;
      return lines;
    },
    end: () => take(totalBytes),
  };
}
