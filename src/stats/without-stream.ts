// Sources that are not streams, or could not be read: how many there are, and why.
import type { Count } from "../model/numbers.ts";

export interface WithoutStream {
  readonly count: Count;
  /** At most 10. */
  readonly examples: readonly SourceWithoutStream[];
}

export interface SourceWithoutStream {
  readonly source: string;
  /** Null if none was reported. */
  readonly reason: string | null;
}

/** Maximum number of examples. */
const MOST_EXAMPLES = 10;

/** Adds up the counts of both. */
export function together(some: WithoutStream, more: WithoutStream): WithoutStream {
  const examples = [...some.examples, ...more.examples].slice(0, MOST_EXAMPLES);
  return { count: some.count + more.count, examples };
}
