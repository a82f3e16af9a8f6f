// How an input is cut into chunks.
import { createRandom } from "../mutation/random.ts";

/** An input in chunks. */
export type Chunks = readonly Uint8Array[];

/** What an input is compared with, and how it is cut where it is cut anywhere. */
export interface Cuts {
  readonly seed: string;
  /** The path of the fixture that it was made of. */
  readonly original: string;
}

export type Cut = (input: Uint8Array, cuts: Cuts) => Chunks;

/** One chunk. */
export const whole: Cut = (input) => [input];
/** Bytes that come one by one: each is a chunk with all that a chunk costs. */
const MOST_SINGLE_BYTES = 1000;

/** A short input, or some of a long one. */
const byteByByte: Cut = (input, { seed }) => {
  const start = createRandom(`${seed}/bytes`).below(Math.max(input.length - MOST_SINGLE_BYTES, 0) + 1);
  const end = start + MOST_SINGLE_BYTES;
  return [input.slice(0, start), ...cutEvery(input.slice(start, end), () => 1), input.slice(end)];
};

/** In some inputs into pieces of events, in others into some events each. */
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
