// Cuts at chosen places, in addition to the fixed ones of test/support/chunkings.ts.

/** Chunks of these sizes, then the rest. */
export function cutAtSizes(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (const size of sizes) {
    pieces.push(bytes.subarray(start, start + size));
    start = Math.min(start + size, bytes.length);
  }
  if (start < bytes.length) pieces.push(bytes.subarray(start));
  return pieces;
}

/** Chunks of one size; the last may be shorter. */
export function cutEvenly(bytes: Uint8Array, size: number): Uint8Array[] {
  return cutAtSizes(
    bytes,
    Array.from({ length: Math.floor(bytes.length / size) }, () => size),
  );
}

/** Every way to cut the bytes in two. */
export function cutsInTwo(bytes: Uint8Array): Uint8Array[][] {
  return Array.from({ length: Math.max(bytes.length - 1, 0) }, (_, index) => cutAtSizes(bytes, [index + 1]));
}
