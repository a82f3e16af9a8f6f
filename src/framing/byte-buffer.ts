/** Bytes collected from chunks; appending a tiny chunk costs in proportion to its size. */
export interface ByteBuffer {
  readonly length: number;
  /** Adds a copy of `bytes` from `start` to `end`. */
  append(bytes: Buffer, start?: number, end?: number): void;
  /** The bytes added since the last `clear`; bytes appended after the next `clear` overwrite them. */
  view(): Buffer;
  /** Empties the buffer. Large memory is released, a little is kept. */
  clear(): void;
  /** Empties the buffer and detaches all views, so that large memory is free at once, not at garbage collection. */
  free(): void;
}

const KEPT_BYTES = 4096;
const NOTHING: Buffer = Buffer.alloc(0);

/** From this size on, the buffer grows in place, by this much more than is needed. */
const FEWEST_IN_PLACE = 256 * 1024;
const STEP_BYTES = 256 * 1024;
/**
 * Address space reserved for growing in place, which uses no memory until it is written; larger buffers reserve more.
 */
const ROOM_BYTES = 64 * 1024 ** 2;

export function createByteBuffer(): ByteBuffer {
  let bytes = NOTHING;
  /** Backs a large buffer. */
  let memory: ArrayBuffer | null = null;

  function grow(needed: number): void {
    if (memory !== null && needed <= memory.maxByteLength) {
      // Not by doubling: V8 overwrites the whole memory with zeros when it is released.
      memory.resize(Math.min(needed + STEP_BYTES, memory.maxByteLength));
      bytes = Buffer.from(memory, 0, memory.byteLength);
      return;
    }
    const size = Math.max(needed, bytes.length * 2, KEPT_BYTES);
    memory = size < FEWEST_IN_PLACE ? null : new ArrayBuffer(size, { maxByteLength: Math.max(size * 2, ROOM_BYTES) });
    const grown = memory === null ? Buffer.allocUnsafeSlow(size) : Buffer.from(memory, 0, size);
    bytes.copy(grown, 0, 0, buffer.length);
    bytes = grown;
  }

  function clear(): void {
    buffer.length = 0;
    if (bytes.length <= KEPT_BYTES) return;
    bytes = NOTHING;
    memory = null;
  }

  const buffer = {
    length: 0,
    append(piece: Buffer, start = 0, end = piece.length): void {
      const needed = buffer.length + end - start;
      if (needed > bytes.length) grow(needed);
      piece.copy(bytes, buffer.length, start, end);
      buffer.length = needed;
    },
    view: () => bytes.subarray(0, buffer.length),
    clear,
    free(): void {
      memory?.resize(0);
      clear();
    },
  };
  return buffer;
}
