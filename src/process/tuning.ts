// V8 flags for runs that read much and take less than a second, and to keep memory small: src/stretch/README.md has the
// measurements.
import { setFlagsFromString } from "node:v8";

export interface Tuning {
  /** Thousands of sources follow: optimizing pays from the start. */
  readonly expectLongRun: () => void;
  /** Restores V8's defaults: V8 accepts kept code only under the same flags. */
  readonly end: () => void;
}

/** Each flag with V8's default. */
type Flags = readonly (readonly [tuned: string, own: string])[];

/** V8's major version: 11 in Node.js 20, 12 in 22, 13 in 24, 14 in 26. Other versions may not know the flags. */
const VERSION = Number.parseInt(process.versions.v8);
const OLDEST_MEASURED = 11;
const NEWEST_MEASURED = 14;

/** Optimizing takes other threads more time than it saves in the first half second. */
const OPTIMIZERS: Flags = [["--no-opt", "--opt"], ...(VERSION >= 13 ? ([["--no-maglev", "--maglev"]] as const) : [])];

/** After that, only very hot functions are optimized, each by itself. */
const THRESHOLDS: Flags =
  VERSION === 11
    ? [
        ["--interrupt-budget=500000", "--interrupt-budget=67584"],
        ["--no-turbo-inlining", "--turbo-inlining"],
      ]
    : [];

const MEMORY: Flags = [
  // Short-lived objects stay within the processor's cache, and are collected by one thread.
  ["--semi-space-growth-factor=1", "--semi-space-growth-factor=2"],
  ["--no-parallel-scavenge", "--parallel-scavenge"],
  // The rest is collected when the heap is 1.5 times the live size, not several times.
  ["--heap-growing-percent=50", "--heap-growing-percent=0"],
];

/** Small captures are finished by then: they need no tuning, which loads a module of Node.js. */
const LONGER_RUN_MS = 20;
const LONG_RUN_MS = 500;

/** Tunes V8 as the run goes on. */
export function startTuning(): Tuning {
  if (VERSION < OLDEST_MEASURED || VERSION > NEWEST_MEASURED) return { expectLongRun() {}, end() {} };
  let isTuned = false;
  let isLong = false;
  const longerRun = setTimeout(() => {
    isTuned = true;
    tune(MEMORY);
    if (!isLong) tune([...OPTIMIZERS, ...THRESHOLDS]);
  }, LONGER_RUN_MS).unref();
  const longRun = setTimeout(() => restore(OPTIMIZERS), LONG_RUN_MS).unref();

  return {
    expectLongRun() {
      isLong = true;
      if (isTuned) restore([...OPTIMIZERS, ...THRESHOLDS]);
    },
    end() {
      clearTimeout(longerRun);
      clearTimeout(longRun);
      if (isTuned) restore([...OPTIMIZERS, ...THRESHOLDS, ...MEMORY]);
    },
  };
}

function tune(flags: Flags): void {
  for (const [tuned] of flags) setFlagsFromString(tuned);
}

function restore(flags: Flags): void {
  for (const [, own] of flags) setFlagsFromString(own);
}
