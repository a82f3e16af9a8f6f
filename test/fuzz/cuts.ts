// How an input is cut into chunks.
import { createRandom } from "../mutation/random.ts";

/** An input in chunks. */
export type Chunks = readonly Uint8Array[];

/** Determines random cuts, and names the fixture to compare with. */
export interface Cuts {
  readonly seed: string;
  /** The path of the fixture that the input is made from. */
  readonly original: string;
}

export type Cut = (input: Uint8Array, cuts: Cuts) => Chunks;

/** One chunk. */
export const whole: Cut = (input) => [input];
/** Maximum bytes that arrive one by one, because every chunk has a cost. */
const MOST_SINGLE_BYTES = 1000;

/** All bytes of a short input, some bytes of a long one. */
const byteByByte: Cut = (input, { seed }) => {
  const start = createRandom(`${seed}/bytes`).below(Math.max(input.length - MOST_SINGLE_BYTES, 0) + 1);
  const end = start + MOST_SINGLE_BYTES;
  return [input.slice(0, start), ...cutEvery(input.slice(start, end), () => 1), input.slice(end)];
};

/** Cuts some inputs within events, others into groups of events. */
export const anywhere: Cut = (input, { seed }) => {
  const random = createRandom(`${seed}/cuts`);
  const longest = random.pick([97, 1021, 4099]);
  return cutEvery(input, () => random.below(longest + 1));
};

export const CUTS: readonly (readonly [way: string, cut: Cut])[] = [
  ["whole", whole],
  ["byte by byte", byteByByte],
  ["cut anywhere", anywhere],
];

function cutEvery(input: Uint8Array, nextLength: () => number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < input.length;) {
    const end = start + nextLength();
    pieces.push(input.slice(start, end));
    start = end;
  }
  return pieces;
}
