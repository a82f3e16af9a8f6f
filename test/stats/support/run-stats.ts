// `ssescope stats --json`, run as a whole.
import type { Statistics } from "../../../src/stats/statistics.ts";
import { run, type RunOptions } from "../../support/io.ts";

export interface StatsRun {
  readonly exitCode: number;
  readonly stderr: string;
  readonly statistics: Statistics;
}

export async function runStats(argv: readonly string[], options: RunOptions = {}): Promise<StatsRun> {
  const { exitCode, stdout, stderr } = await run(["stats", "--json", ...argv], options);
  const statistics: unknown = JSON.parse(stdout);
  if (!isStatistics(statistics)) throw new Error(`these are no statistics: ${stdout}`);
  return { exitCode, stderr, statistics };
}

/** A test asks the schema, too. */
function isStatistics(value: unknown): value is Statistics {
  return typeof value === "object" && value !== null && "groups" in value && "all" in value;
}
