// V8 flags of Node.js 20 for runs that read much and take less than a second, and to keep memory small: src/stretch/README.md
// has the measurements.
import { setFlagsFromString } from "node:v8";

/** Each flag with V8's default. */
type Flags = readonly (readonly [tuned: string, own: string])[];

/** Optimizing much of the program costs more than it gains: optimize only very hot functions, each by itself. */
const COMPILER: Flags = [
  ["--interrupt-budget=500000", "--interrupt-budget=67584"],
  ["--no-turbo-inlining", "--turbo-inlining"],
];

const MEMORY: Flags = [
  // Short-lived objects stay within the processor's cache, and are collected by one thread.
  ["--semi-space-growth-factor=1", "--semi-space-growth-factor=2"],
  ["--no-parallel-scavenge", "--parallel-scavenge"],
  // The rest is collected when the heap is 1.5 times the live size, not several times.
  ["--heap-growing-percent=50", "--heap-growing-percent=0"],
];

export function tune(): void {
  for (const [tuned] of [...COMPILER, ...MEMORY]) setFlagsFromString(tuned);
}

/** Lets V8 optimize as it does by itself, which pays in a run of many seconds. */
export function letOptimize(): void {
  for (const [, own] of COMPILER) setFlagsFromString(own);
}

/** Restores V8's defaults: V8 accepts kept code only under the same flags. */
export function untune(): void {
  for (const [, own] of [...COMPILER, ...MEMORY]) setFlagsFromString(own);
}
