// V8 flags of Node.js 20 for runs that read much in less than a second, and for bounded memory. src/stretch/README.md has the numbers.
import { setFlagsFromString } from "node:v8";

/** Each with what V8 has by itself. */
const FLAGS = [
  // Optimising much of the program costs more than it gains: only what is very hot is, and each function by itself.
  ["--interrupt-budget=500000", "--interrupt-budget=67584"],
  ["--no-turbo-inlining", "--turbo-inlining"],
  // What is thrown away soonest stays within the processor's cache, and is cleared away by one thread.
  ["--semi-space-growth-factor=1", "--semi-space-growth-factor=2"],
  ["--no-parallel-scavenge", "--parallel-scavenge"],
  // The rest is cleared away when it is half as large again as what is in use, not several times as large.
  ["--heap-growing-percent=50", "--heap-growing-percent=0"],
] as const;

export function tune(): void {
  for (const [tuned] of FLAGS) setFlagsFromString(tuned);
}

/** Back to V8's own: it takes code that was kept only with the same flags. */
export function untune(): void {
  for (const [, own] of FLAGS) setFlagsFromString(own);
}
