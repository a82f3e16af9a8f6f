/** Bytes that are put together from pieces; it grows by doubling, so that tiny pieces cost what they weigh. */
export interface ByteBuffer {
  readonly length: number;
  /** Adds a copy of `bytes` from `start` to `end`. */
  append(bytes: Buffer, start?: number, end?: number): void;
  /** What was added since it was last empty; overwritten by what is added after the next `clear`. */
  view(): Buffer;
  /** Empties it. What much took is given back, a little room is kept. */
  clear(): void;
}

const KEPT_BYTES = 4096;
const NOTHING: Buffer = Buffer.alloc(0);

export function createByteBuffer(): ByteBuffer {
  let bytes = NOTHING;
  const buffer = {
    length: 0,
    append(piece: Buffer, start = 0, end = piece.length): void {
      const needed = buffer.length + end - start;
      if (needed > bytes.length) {
        const grown = Buffer.allocUnsafeSlow(Math.max(needed, bytes.length * 2, KEPT_BYTES));
        bytes.copy(grown, 0, 0, buffer.length);
        bytes = grown;
      }
      piece.copy(bytes, buffer.length, start, end);
      buffer.length = needed;
    },
    view: () => bytes.subarray(0, buffer.length),
    clear(): void {
      buffer.length = 0;
      if (bytes.length > KEPT_BYTES) bytes = NOTHING;
    },
  };
  return buffer;
}
