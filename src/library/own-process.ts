// The parts of the importing program's process that the library uses.
import type { Io } from "../io.ts";
import { systemClock } from "../timing/clock.ts";

/** What the sources of URLs use of it. */
export const ownProcess: Pick<Io, "stdin" | "env" | "clock"> = {
  get stdin() {
    return process.stdin;
  },
  get env() {
    return process.env;
  },
  clock: systemClock,
};

/** Warns without ending the process, as Node.js does. */
export function warn(message: string): void {
  process.emitWarning(`ssescope: ${message}`);
}
