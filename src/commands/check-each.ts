// The sources of a check in, their outcomes out: in turn, or several at a time.
import { records } from "../framing/records/records.ts";
import { isForThisThread, type SourceNames } from "./check-names.ts";
import { type CheckRun, createCheck } from "./check-run.ts";
import type { SourceOutcome } from "./check-source.ts";

/** A thread that has fewer takes longer to start than it saves. */
const FILES_PER_THREAD = 256;
/** Signals have their turn after so many ms: a small file is read, and expectations are matched, without one. */
const MS_PER_TURN = 10;

/**
 * Checks sources, and gives their outcomes in the order of the sources, each as soon as it and those before it are done: it
 * never waits for the next name first. By itself it takes threads once it knows of so many sources that they are worth it.
 */
export async function* checkEach(run: CheckRun): AsyncGenerator<SourceOutcome> {
  const { names } = run;
  const check = createCheck(run);
  let jobs = mayHaveThreads(run) ? jobsAsked(run) : 1;
  let turnAtMs = performance.now();
  for (;;) {
    if (jobs === undefined && isWorthThreads(names)) jobs = await usualJobs(names);
    if (jobs !== undefined && jobs > 1) break;
    const next = await names.next();
    if (next === undefined) return;
    yield* check(next);
    if (performance.now() - turnAtMs < MS_PER_TURN) continue;
    await letSignalsIn();
    if (run.io.interrupt.aborted) return;
    turnAtMs = performance.now();
  }
  yield* (await import("./jobs/check-at-once.ts")).checkAtOnce(run, jobs, check);
}

/** Undefined if the user leaves it to the number of sources. */
function jobsAsked({ names, options }: CheckRun): number | undefined {
  return options.jobs === undefined ? undefined : Math.max(Math.min(options.jobs, names.total() ?? Infinity), 1);
}

/**
 * Whether threads may check files. Not where that needs more than a file's name: a follower has to be told of all events in
 * their order, a recording and standard input are one, connections are not to be opened in dozens, and of a file of records
 * each is handed on when it is read.
 */
function mayHaveThreads({ names, options, follow }: CheckRun): boolean {
  const areFiles = names.known.every(({ name }) => !isForThisThread(name));
  return follow === null && options.record === undefined && options.framing !== records.name && areFiles;
}

/** A list may go on. */
function isWorthThreads(names: SourceNames): boolean {
  return names.waiting() >= (names.total() === null ? FILES_PER_THREAD : 2 * FILES_PER_THREAD);
}

async function usualJobs(names: SourceNames): Promise<number> {
  const { availableParallelism } = await import("node:os");
  const left = names.total() === null ? Infinity : names.waiting();
  return Math.max(Math.min(Math.floor(left / FILES_PER_THREAD), availableParallelism()), 1);
}

/** The first turn may be over but for its end. */
async function letSignalsIn(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
