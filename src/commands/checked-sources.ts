// The sources of a check, in turn or several at a time: what `check` and `stats` read them through.
import { isUrl } from "../sources/index.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import { type CheckRun, checkInTurn } from "./check-run.ts";
import type { SourceOutcome } from "./check-source.ts";

/** A thread that has fewer takes longer to start than it saves. */
const FILES_PER_THREAD = 256;

/**
 * How many sources are checked at a time. One where that needs more than a file's name: a follower has to be told of all
 * events in their order, a recording and standard input are one, and connections are not to be opened in dozens.
 */
async function jobsFor({ names, options, follow }: CheckRun): Promise<number> {
  const { jobs, record } = options;
  const areFiles = names.every(({ name }) => name !== STDIN_NAME && !isUrl(name));
  if (follow !== null || record !== undefined || !areFiles) return 1;
  if (jobs !== undefined) return Math.max(Math.min(jobs, names.length), 1);
  const worthIt = Math.floor(names.length / FILES_PER_THREAD);
  if (worthIt <= 1) return 1;
  const { availableParallelism } = await import("node:os");
  return Math.min(worthIt, availableParallelism());
}

/** Checks the sources, several at a time where that is worth it or was asked for. The outcomes are in the order of the sources. */
export async function* checkedSources(run: CheckRun): AsyncGenerator<SourceOutcome> {
  const jobs = await jobsFor(run);
  yield* jobs === 1 ? checkInTurn(run) : (await import("./jobs/check-at-once.ts")).checkAtOnce(run, jobs);
}
