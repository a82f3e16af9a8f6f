// The process of the program that imports the library: what is used of it, and nothing else.
import type { Io } from "../io.ts";
import { systemClock } from "../timing/clock.ts";

/** What the sources of URLs take of it. */
export const ownProcess: Pick<Io, "stdin" | "env" | "clock"> = {
  get stdin() {
    return process.stdin;
  },
  get env() {
    return process.env;
  },
  clock: systemClock,
};

/** Warns without ending anything, as Node.js itself does. */
export function warn(message: string): void {
  process.emitWarning(`ssescope: ${message}`);
}
