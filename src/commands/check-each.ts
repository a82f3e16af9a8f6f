// Takes the sources of a check, gives their outcomes; checks them in turn or several at a time.
import { framingNames } from "../framing/framing-names.ts";
import { isForThisThread, type SourceNames } from "./check-names.ts";
import { type CheckRun, createCheck } from "./check-run.ts";
import type { SourceOutcome } from "./check-source.ts";

/** With fewer, a thread takes longer to start than it saves. */
const FILES_PER_THREAD = 256;
/** With fewer for each thread, optimising the code takes longer than it saves (src/stretch/README.md). */
const SOURCES_OF_LONG_RUN = 5000;
/** Signals are handled at this interval: reading a small file and matching expectations never yields. */
const MS_PER_TURN = 10;

/**
 * Checks sources, and gives their outcomes in the order of the sources, each as soon as it and those before it are
 * done, without waiting for the next name. Unless the user sets a number of jobs, it uses threads once enough sources
 * are known.
 */
export async function* checkEach(run: CheckRun): AsyncGenerator<SourceOutcome> {
  const { names } = run;
  const check = createCheck(run);
  let jobs = mayHaveThreads(run) ? jobsAsked(run) : 1;
  let isLong = false;
  let turnAtMs = performance.now();
  for (;;) {
    if (jobs === undefined && isWorthThreads(names)) jobs = await usualJobs(names);
    if (!isLong && names.waiting() >= SOURCES_OF_LONG_RUN * (jobs ?? 1)) {
      isLong = true;
      run.io.expectLongRun?.();
    }
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

/** Undefined if the number of sources decides. */
function jobsAsked({ names, options }: CheckRun): number | undefined {
  return options.jobs === undefined ? undefined : Math.max(Math.min(options.jobs, names.total() ?? Infinity), 1);
}

/**
 * Whether threads may check files. They get only a file's name, so not if a follower needs all events in order, the
 * input is recorded or comes from standard input, a URL is a source (which would open many connections at once), or
 * records are reported as they are read.
 */
function mayHaveThreads({ names, options, follow }: CheckRun): boolean {
  const areFiles = names.known.every(({ name }) => !isForThisThread(name));
  return follow === null && options.record === undefined && options.framing !== framingNames.records && areFiles;
}

/** A list may have more names than are known. */
function isWorthThreads(names: SourceNames): boolean {
  return names.waiting() >= (names.total() === null ? FILES_PER_THREAD : 2 * FILES_PER_THREAD);
}

async function usualJobs(names: SourceNames): Promise<number> {
  const { availableParallelism } = await import("node:os");
  const left = names.total() === null ? Infinity : names.waiting();
  return Math.max(Math.min(Math.floor(left / FILES_PER_THREAD), availableParallelism()), 1);
}

/** Two turns, because the current one may already be past its I/O phase. */
async function letSignalsIn(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
