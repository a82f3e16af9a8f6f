// The sources of a check in turn, in the thread of the command; and whether they could be checked several at a time.
import { type Demands, judgeUnreadable } from "../check/judge.ts";
import type { NamedSource } from "../check/source-names.ts";
import type { Io } from "../io.ts";
import { isUrl, shownName } from "../sources/index.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import type { Page } from "../terminal/page.ts";
import type { Pages } from "../terminal/pages.ts";
import { followedToo } from "../views/follow-all.ts";
import type { ViewListener } from "../views/view.ts";
import { checkSource, silentView, type SourceOutcome } from "./check-source.ts";
import { joinAsAsked } from "./join-as-asked.ts";
import type { CheckArguments } from "./options/check.ts";
import type { StreamArguments } from "./options/stream.ts";
import type { Progress } from "./progress.ts";
import { readingOptions, sourceContext } from "./read-options.ts";
import { readSource } from "./read-source.ts";

/** A check, ready to begin. */
export interface CheckRun {
  readonly names: readonly NamedSource[];
  readonly options: CheckArguments & StreamArguments;
  readonly demands: Demands;
  readonly io: Io;
  readonly pages: Pages;
  /** Follows a stream for the reporters that show events; null: none does. */
  readonly follow: (() => ViewListener) | null;
  /** A reporter writes how much each response holds. */
  readonly needsSizes: boolean;
  readonly progress: Progress;
}

/** A thread that has fewer takes longer to start than it saves. */
const FILES_PER_THREAD = 256;
/** Signals have their turn after so many ms: a small file is read, and expectations are matched, without one. */
const MS_PER_TURN = 10;

/**
 * How many sources are checked at a time. One where that needs more than a file's name: a follower has to be told of all
 * events in their order, a recording and standard input are one, and connections are not to be opened in dozens.
 */
export async function jobsFor({ names, options, follow }: CheckRun): Promise<number> {
  const { jobs, record } = options;
  const areFiles = names.every(({ name }) => name !== STDIN_NAME && !isUrl(name));
  if (follow !== null || record !== undefined || !areFiles) return 1;
  if (jobs !== undefined) return Math.max(Math.min(jobs, names.length), 1);
  const worthIt = Math.floor(names.length / FILES_PER_THREAD);
  if (worthIt <= 1) return 1;
  const { availableParallelism } = await import("node:os");
  return Math.min(worthIt, availableParallelism());
}

/** Checks one source after the other. */
export async function* checkInTurn(run: CheckRun): AsyncGenerator<SourceOutcome> {
  const { names, options, demands, io, pages, follow, progress } = run;
  const context = sourceContext(options, io, pages);
  const inspectOptions = { ...readingOptions(options), rules: demands.rules };
  const viewOptions = { channels: new Set<never>(), source: null, isOneOfMany: names.length > 1 };
  // Nothing is written while a source is read: there is nothing to send.
  const page: Page = { ...pages.stdout, flush: async () => {} };
  const view = followedToo(
    silentView((bytes) => progress.read(bytes)),
    follow,
  );
  const showing = { view, options: viewOptions, page };
  const join = joinAsAsked(options, pages, io.clock, true);
  let turnAtMs = performance.now();
  for (const { name, error } of names) {
    progress.begin(name);
    const read = () => readSource(name, context, inspectOptions, showing, io.interrupt, join);
    yield error === null
      ? { ...(await checkSource(name, read, demands)), talk: [] }
      : { streams: [judgeUnreadable(shownName(name), error, demands.rules)], talk: [], bug: null };
    if (performance.now() - turnAtMs < MS_PER_TURN) continue;
    await letSignalsIn();
    if (io.interrupt.aborted) return;
    turnAtMs = performance.now();
  }
}

/** The first turn may be over but for its end. */
async function letSignalsIn(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
