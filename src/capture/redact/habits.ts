// Lines without content that a protocol's servers send between events: a copy keeps them.
import type { Dialect } from "../../dialects/dialect.ts";
import { allDialects } from "../../dialects/all-dialects.ts";

const habits = allDialects()
  .map(({ wire }: Dialect) => wire?.ignoredLines)
  .filter((lines) => lines !== undefined);
const LONGEST_HABIT = 64;

/** Whether a line that is not an SSE field is one that some protocol's servers usually send. */
export function isSentByHabit(line: Buffer): boolean {
  return line.length <= LONGEST_HABIT && habits.some((lines) => lines.test(line.toString("latin1")));
}
