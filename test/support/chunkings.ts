// The ways to cut an input; every reader must give the same result for all of them.

export interface Chunking {
  readonly name: string;
  readonly cut: (bytes: Uint8Array) => Uint8Array[];
}

const SEEDS = [1, 2, 3, 4, 5];
const LONGEST_PIECE = 97;

/** Whole, byte by byte, and at seeded random places. */
export const chunkings: readonly Chunking[] = [
  { name: "whole", cut: (bytes) => [bytes] },
  { name: "byte by byte", cut: (bytes) => cutEvery(bytes, () => 1) },
  ...SEEDS.map((seed) => ({
    name: `cut at places of seed ${seed}`,
    cut: (bytes: Uint8Array) => cutEvery(bytes, createLengths(seed)),
  })),
];

function cutEvery(bytes: Uint8Array, nextLength: () => number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = start + nextLength();
    pieces.push(bytes.slice(start, end));
    start = end;
  }
  return pieces;
}

/** Lengths from 0 (an empty chunk), from a linear congruential generator: equal for equal seeds on every machine. */
function createLengths(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * LONGEST_PIECE);
  };
}
