// Numbers in, quantiles out: exact for few values, otherwise from a sketch whose memory does not grow.
import { DDSketch } from "@datadog/sketches-js";

/** Number of values up to which quantiles are exact. More become a sketch. */
export const MOST_EXACT = 2048;
/** Maximum relative error of a sketch's quantile. */
export const SKETCH_ERROR = 0.005;
/**
 * The range of a sketch, in ms or tokens/s: less than a microsecond is 0, and more than 30 years is 30 years. Both
 * limit its memory for any capture: 3,500 bins.
 */
const LEAST = 1e-3;
const MOST = 1e12;

/** A value and how often it occurs. */
export interface Weighted {
  readonly value: number;
  readonly count: number;
}

/** Numbers >= 0 and their quantiles. Merging in any order gives the same result. */
export interface Distribution {
  readonly count: number;
  /** Null without values. */
  readonly min: number | null;
  readonly max: number | null;
  /** Whether quantiles are exact, not within SKETCH_ERROR. */
  readonly isExact: boolean;
  add(value: number): void;
  merge(other: Distribution): void;
  /**
   * The lowest value such that at least this share of the values does not exceed it (nearest rank); null without
   * values.
   */
  quantile(share: number): number | null;
  /** The values in ascending order; with `inBins`, those of a sketch's bins. */
  values(inBins: boolean): readonly Weighted[];
}

/** `mostExact`: how many values are kept as they are. */
export function createDistribution(mostExact = MOST_EXACT): Distribution {
  /** Null once there is a sketch. */
  let kept: number[] | null = [];
  let isSorted = true;
  let sketch: DDSketch | null = null;
  let count = 0;
  let min = Infinity;
  let max = -Infinity;

  function sorted(values: number[]): readonly number[] {
    if (!isSorted) values.sort((a, b) => a - b);
    isSorted = true;
    return values;
  }

  function becomeSketch(): DDSketch {
    if (sketch !== null) return sketch;
    sketch = sketchOf(kept ?? []);
    kept = null;
    return sketch;
  }

  return {
    get count() {
      return count;
    },
    get min() {
      return count === 0 ? null : min;
    },
    get max() {
      return count === 0 ? null : max;
    },
    get isExact() {
      return kept !== null;
    },
    add(value) {
      count += 1;
      min = Math.min(min, value);
      max = Math.max(max, value);
      if (kept !== null && kept.length < mostExact) {
        kept.push(value);
        isSorted = false;
      } else becomeSketch().accept(within(value));
    },
    merge(other) {
      if (other.count === 0) return;
      const isExact = kept !== null && other.isExact && count + other.count <= mostExact;
      if (!isExact) becomeSketch();
      for (const { value, count: times } of other.values(!isExact)) {
        if (sketch !== null) sketch.accept(within(value), times);
        else for (let time = 0; time < times; time += 1) kept?.push(value);
      }
      isSorted = false;
      count += other.count;
      min = Math.min(min, other.min ?? min);
      max = Math.max(max, other.max ?? max);
    },
    quantile(share) {
      if (count === 0) return null;
      const rank = Math.min(Math.max(Math.ceil(share * count), 1), count);
      if (rank === 1) return min;
      if (rank === count) return max;
      if (sketch === null) return sorted(kept ?? [])[rank - 1] ?? null;
      // The library floors `share * (count - 1)`; adding half a rank avoids rounding errors.
      const estimate = sketch.getValueAtQuantile((rank - HALF) / (count - 1));
      return Math.min(Math.max(estimate, min), max);
    },
    values(inBins) {
      if (sketch !== null) return binsOf(sketch);
      return inBins ? binsOf(sketchOf(kept ?? [])) : grouped(sorted(kept ?? []));
    },
  };
}

const HALF = 0.5;

function sketchOf(values: readonly number[]): DDSketch {
  const sketch = new DDSketch({ relativeAccuracy: SKETCH_ERROR });
  for (const value of values) sketch.accept(within(value));
  return sketch;
}

function within(value: number): number {
  return value < LEAST ? 0 : Math.min(value, MOST);
}

function binsOf({ store, mapping, zeroCount }: DDSketch): readonly Weighted[] {
  const bins: Weighted[] = zeroCount > 0 ? [{ value: 0, count: zeroCount }] : [];
  for (const [index, count] of store.bins.entries()) {
    if (count > 0) bins.push({ value: mapping.value(index + store.offset), count });
  }
  return bins;
}

function grouped(values: readonly number[]): readonly Weighted[] {
  const groups: { value: number; count: number }[] = [];
  for (const value of values) {
    const last = groups.at(-1);
    if (last?.value === value) last.count += 1;
    else groups.push({ value, count: 1 });
  }
  return groups;
}
