import { roundMs, type SliceTiming } from "../model/timing.ts";

/** The stream over time, in a limited number of slices of equal length that fit on a terminal line. */
export interface Slices {
  /** Takes the characters that arrived at `atMs`, which never decreases, and the gap before them. */
  add(atMs: number, characters: number, gapMs: number): void;
  report(): SliceTiming | null;
}

const MOST_SLICES = 128;
/** The finest resolution. */
const SHORTEST_SLICE_MS = 1;

export function createSlices(): Slices {
  let sliceMs = SHORTEST_SLICE_MS;
  let startMs: number | null = null;
  let characters: number[] = [];
  let longestGapMs: number[] = [];

  /** Joins pairs of slices until `afterMs` fits. */
  function widenFor(afterMs: number): void {
    while (afterMs >= sliceMs * MOST_SLICES) {
      sliceMs *= 2;
      characters = inPairs(characters, (a, b) => a + b);
      longestGapMs = inPairs(longestGapMs, Math.max);
    }
  }

  return {
    add(atMs, count, gapMs) {
      startMs ??= atMs;
      widenFor(atMs - startMs);
      const slice = Math.floor((atMs - startMs) / sliceMs);
      while (characters.length <= slice) {
        characters.push(0);
        longestGapMs.push(0);
      }
      characters[slice] = (characters[slice] ?? 0) + count;
      longestGapMs[slice] = Math.max(longestGapMs[slice] ?? 0, gapMs);
    },
    report: () =>
      characters.length < 2 ? null : { sliceMs, characters, longestGapMs: longestGapMs.map((ms) => roundMs(ms)) },
  };
}

function inPairs(values: readonly number[], join: (a: number, b: number) => number): number[] {
  const joined: number[] = [];
  for (let index = 0; index < values.length; index += 2) joined.push(join(values[index] ?? 0, values[index + 1] ?? 0));
  return joined;
}
