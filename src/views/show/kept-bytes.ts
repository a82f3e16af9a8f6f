// Keeps the last bytes of a stream, from which an event's bytes are taken once its start and end are known.

interface Piece {
  readonly bytes: Uint8Array;
  /** Its position in the input, counted like the offsets of events. */
  readonly offset: number;
}

export interface KeptBytes {
  /** Adds a copy of the bytes, which are valid only during the call. */
  add(bytes: Uint8Array, offset: number): void;
  /** The bytes between two offsets, in order; after a CR, including the LF of the same line end. */
  between(start: number, end: number): readonly Uint8Array[];
  /** Discards the bytes before an offset. */
  drop(offset: number): void;
}

const CR = 0x0d;
const LF = 0x0a;

/** `mostBytes`: the limit on kept bytes, which is the size of the largest allowed event. */
export function createKeptBytes(mostBytes: number): KeptBytes {
  let pieces: Piece[] = [];
  let length = 0;

  function dropFirst(count: number): void {
    for (const { bytes } of pieces.slice(0, count)) length -= bytes.length;
    pieces = pieces.slice(count);
  }

  /** Whether the next piece begins before this one ends: lines that were printed as one line share a place. */
  function isSqueezed(index: number): boolean {
    const piece = pieces[index];
    const next = pieces[index + 1];
    return piece !== undefined && next !== undefined && next.offset < piece.offset + piece.bytes.length;
  }

  function endOf(index: number): number {
    const piece = pieces[index];
    if (piece === undefined) return Infinity;
    return isSqueezed(index) ? piece.offset + 1 : piece.offset + piece.bytes.length;
  }

  return {
    add(bytes, offset) {
      pieces.push({ bytes: Uint8Array.from(bytes), offset });
      length += bytes.length;
      let count = 0;
      let rest = length;
      for (const piece of pieces) {
        if (rest - piece.bytes.length < mostBytes) break;
        rest -= piece.bytes.length;
        count += 1;
      }
      if (count > 0) dropFirst(count);
    },
    between(start, end) {
      const found: Uint8Array[] = [];
      for (const [index, { bytes, offset }] of pieces.entries()) {
        if (isSqueezed(index)) {
          if (offset >= start && offset < end) found.push(bytes);
          continue;
        }
        const from = Math.max(start - offset, 0);
        const to = Math.min(end - offset, bytes.length);
        if (from < to) found.push(bytes.subarray(from, to));
        const isBehind = end >= offset && end - offset < bytes.length;
        if (isBehind && bytes[end - offset] === LF && found.at(-1)?.at(-1) === CR) {
          found.push(bytes.subarray(end - offset, end - offset + 1));
        }
      }
      return found;
    },
    drop(offset) {
      let count = 0;
      while (endOf(count) <= offset) count += 1;
      if (count > 0) dropFirst(count);
    },
  };
}
