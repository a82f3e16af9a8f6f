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

export function createByteBuffer(): ByteBuffer {
  let bytes = Buffer.alloc(0);
  let length = 0;
  return {
    get length() {
      return length;
    },
    append(piece, start = 0, end = piece.length) {
      const needed = length + end - start;
      if (needed > bytes.length) {
        const grown = Buffer.allocUnsafeSlow(Math.max(needed, bytes.length * 2, KEPT_BYTES));
        bytes.copy(grown, 0, 0, length);
        bytes = grown;
      }
      piece.copy(bytes, length, start, end);
      length = needed;
    },
    view: () => bytes.subarray(0, length),
    clear() {
      length = 0;
      if (bytes.length > KEPT_BYTES) bytes = Buffer.alloc(0);
    },
  };
}
