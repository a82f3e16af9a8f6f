// The last bytes of a stream, from which those of an event are taken when it is known where it begins and ends.

interface Piece {
  readonly bytes: Uint8Array;
  /** Where it is in the input, as places of events count. */
  readonly offset: number;
}

export interface KeptBytes {
  /** Adds bytes, which are lent for the call. */
  add(bytes: Uint8Array, offset: number): void;
  /** The bytes between two offsets, in their order, and, behind a CR, the LF that is of the same line end. */
  between(start: number, end: number): readonly Uint8Array[];
  /** Lets go of what is before an offset. */
  drop(offset: number): void;
}

const CR = 0x0d;
const LF = 0x0a;

/** `mostBytes`: no more are kept than the largest event may have. */
export function createKeptBytes(mostBytes: number): KeptBytes {
  let pieces: Piece[] = [];
  let length = 0;

  function dropFirst(count: number): void {
    for (const { bytes } of pieces.slice(0, count)) length -= bytes.length;
    pieces = pieces.slice(count);
  }

  /** Whether the next piece begins before this one ends: lines that were printed as one have one place. */
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
