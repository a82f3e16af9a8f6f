/** Bytes that are put together from pieces, so that tiny pieces cost what they weigh. */
export interface ByteBuffer {
  readonly length: number;
  /** Adds a copy of `bytes` from `start` to `end`. */
  append(bytes: Buffer, start?: number, end?: number): void;
  /** What was added since it was last empty; overwritten by what is added after the next `clear`. */
  view(): Buffer;
  /** Empties it. What much took is given back, a little room is kept. */
  clear(): void;
  /** Empties it, and takes back the bytes of all views: much is free at once, not when garbage is collected. */
  free(): void;
}

const KEPT_BYTES = 4096;
const NOTHING: Buffer = Buffer.alloc(0);

/** Much grows in place, by so much more than is needed. */
const FEWEST_IN_PLACE = 256 * 1024;
const STEP_BYTES = 256 * 1024;
/** So much room is set aside for that, which is no memory until it is used; more than that, for more than that. */
const ROOM_BYTES = 64 * 1024 ** 2;

export function createByteBuffer(): ByteBuffer {
  let bytes = NOTHING;
  /** What holds much. */
  let memory: ArrayBuffer | null = null;

  function grow(needed: number): void {
    if (memory !== null && needed <= memory.maxByteLength) {
      // Not by doubling: V8 writes zeros over all of it when it is given back.
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
