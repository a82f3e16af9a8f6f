// Checks one source after another in the main thread.
import { type Demands, judgeUnreadable } from "../check/judge.ts";
import type { NamedSource } from "../check/source-names.ts";
import type { SourceNames } from "./check-names.ts";
import type { Io } from "../io.ts";
import type { Report } from "../model/report.ts";
import { createJudge } from "../library/judge-result.ts";
import { shownName } from "../sources/index.ts";
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

/** Everything that a check needs. */
export interface CheckRun {
  readonly names: SourceNames;
  /** There is or may be more than one source. */
  readonly isSeveral: boolean;
  readonly options: Pick<CheckArguments, "jobs"> & StreamArguments;
  readonly demands: Demands;
  readonly io: Io;
  readonly pages: Pages;
  /** Follows a stream for the reporters that show events; null if there are none. */
  readonly follow: (() => ViewListener) | null;
  /** A reporter writes the sizes of each response. */
  readonly needsSizes: boolean;
  readonly progress: Progress;
}

/** Checks a source and gives its outcomes. */
export type Check = (source: NamedSource) => AsyncGenerator<SourceOutcome>;

/** Creates the function that checks a source in the main thread. */
export function createCheck({ isSeveral, options, demands, io, pages, follow, progress }: CheckRun): Check {
  const context = sourceContext(options, io, pages);
  const inspectOptions = { ...readingOptions(options), rules: demands.rules };
  const viewOptions = { channels: new Set<never>(), source: null, isOneOfMany: isSeveral };
  const view = followedToo(
    silentView((bytes) => progress.read(bytes)),
    follow,
  );
  const join = joinAsAsked(options, pages, io.clock, true);
  /** The parts of the source that is being read. */
  let current: Parts | null = null;
  // Nothing is written while a source is read; flushing waits until the consumer has taken the checked parts.
  const page: Page = { ...pages.stdout, flush: async () => current?.areTaken() };

  function checkIn(name: string, parts: Parts): Promise<SourceOutcome> {
    current = parts;
    const judgeOne = createJudge(demands);
    const taken = (report: Report) => parts.add({ streams: [judgeOne(report)], talk: [], bug: null, isPart: true });
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
