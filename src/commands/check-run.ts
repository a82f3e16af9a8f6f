// The sources of a check: in turn, in the thread of the command, or several at a time.
import { type Demands, judge, judgeUnreadable } from "../check/judge.ts";
import type { NamedSource } from "../check/source-names.ts";
import type { SourceNames } from "./check-names.ts";
import type { Io } from "../io.ts";
import type { Report } from "../model/report.ts";
import { isUrl, shownName } from "../sources/index.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import type { Page } from "../terminal/page.ts";
import type { Pages } from "../terminal/pages.ts";
import { followedToo } from "../views/follow-all.ts";
import type { ViewListener } from "../views/view.ts";
import { checkSource, silentView, type SourceOutcome } from "./check-source.ts";
import { inParts, type Parts } from "./in-parts.ts";
import { joinAsAsked } from "./join-as-asked.ts";
import type { CheckArguments } from "./options/check.ts";
import type { StreamArguments } from "./options/stream.ts";
import type { Progress } from "./progress.ts";
import { readingOptions, sourceContext } from "./read-options.ts";
import { readSource } from "./read-source.ts";

/** A check, ready to begin. */
export interface CheckRun {
  readonly names: SourceNames;
  /** There are other sources, or may be. */
  readonly isSeveral: boolean;
  readonly options: CheckArguments & StreamArguments;
  readonly demands: Demands;
  readonly io: Io;
  readonly pages: Pages;
  /** Follows a stream for the reporters that show events; null: none does. */
  readonly follow: (() => ViewListener) | null;
  readonly progress: Progress;
}

/** A thread that has fewer takes longer to start than it saves. */
const FILES_PER_THREAD = 256;
/** Signals have their turn after so many ms: a small file is read, and expectations are matched, without one. */
const MS_PER_TURN = 10;

/**
 * Checks sources, and gives their outcomes in the order of the sources, each as soon as it and those before it are done: it
 * never waits for the next name first. By itself it takes threads once it knows of so many sources that they are worth it.
 */
export async function* checkEach(run: CheckRun): AsyncGenerator<SourceOutcome> {
  const { names, options } = run;
  const check = createCheck(run);
  let jobs = mayHaveThreads(run) ? options.jobs : 1;
  let turnAtMs = performance.now();
  while (jobs === 1 || (jobs === undefined && !isWorthThreads(names))) {
    const next = await names.next();
    if (next === undefined) return;
    yield* check(next);
    if (performance.now() - turnAtMs < MS_PER_TURN) continue;
    await letSignalsIn();
    if (run.io.interrupt.aborted) return;
    turnAtMs = performance.now();
  }
  jobs ??= await usualJobs(names);
  yield* (await import("./jobs/check-at-once.ts")).checkAtOnce(run, jobs, check);
}

/**
 * Whether threads may check files. Not where that needs more than a file's name: a follower has to be told of all events in
 * their order, a recording and standard input are one, and connections are not to be opened in dozens.
 */
function mayHaveThreads({ names, options, follow }: CheckRun): boolean {
  const areFiles = names.known.every(({ name }) => !isForThisThread(name));
  return follow === null && options.record === undefined && areFiles;
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

/** Whether a source is checked in this thread: of standard input there is one, and connections are not opened in dozens. */
export function isForThisThread(name: string): boolean {
  return name === STDIN_NAME || isUrl(name);
}

/** Gives what becomes of a source, in this thread. */
export type Check = (source: NamedSource) => AsyncGenerator<SourceOutcome>;

function createCheck({ isSeveral, options, demands, io, pages, follow, progress }: CheckRun): Check {
  const context = sourceContext(options, io, pages);
  const inspectOptions = { ...readingOptions(options), rules: demands.rules };
  const viewOptions = { channels: new Set<never>(), source: null, isOneOfMany: isSeveral };
  const view = followedToo(
    silentView((bytes) => progress.read(bytes)),
    follow,
  );
  const join = joinAsAsked(options, pages, io.clock, true);

  function checkIn(name: string, { add, areTaken }: Parts): Promise<SourceOutcome> {
    // Nothing is written while a source is read: what is waited for is whoever takes what was checked.
    const page: Page = { ...pages.stdout, flush: areTaken };
    const taken = (report: Report) => add({ streams: [judge(report, demands)], talk: [], bug: null, isPart: true });
    const showing = { view, options: viewOptions, page, taken };
    const read = () => readSource(name, context, inspectOptions, showing, io.interrupt, join);
    return checkSource(name, read, demands);
  }

  return async function* check({ name, error }) {
    progress.begin(name);
    if (error === null) yield* inParts((parts) => checkIn(name, parts));
    else yield { streams: [judgeUnreadable(shownName(name), error, demands.rules)], talk: [], bug: null };
  };
}

/** The first turn may be over but for its end. */
async function letSignalsIn(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
