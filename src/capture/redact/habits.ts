// Lines that servers of a protocol send among its events, and that say nothing: a copy keeps them.
import type { Dialect } from "../../dialects/dialect.ts";
import { allDialects } from "../../dialects/all-dialects.ts";

const habits = allDialects()
  .map(({ wire }: Dialect) => wire?.ignoredLines)
  .filter((lines) => lines !== undefined);
const LONGEST_HABIT = 64;

/** Whether a line that is no field of SSE is one that some protocol's servers send by habit. */
export function isSentByHabit(line: Buffer): boolean {
  return line.length <= LONGEST_HABIT && habits.some((lines) => lines.test(line.toString("latin1")));
}
