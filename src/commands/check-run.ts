// The sources of a check in turn, in the thread of the command.
import { type Demands, judgeUnreadable } from "../check/judge.ts";
import type { NamedSource } from "../check/source-names.ts";
import type { Io } from "../io.ts";
import { shownName } from "../sources/index.ts";
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
  readonly options: Pick<CheckArguments, "jobs"> & StreamArguments;
  readonly demands: Demands;
  readonly io: Io;
  readonly pages: Pages;
  /** Follows a stream for the reporters that show events; null: none does. */
  readonly follow: (() => ViewListener) | null;
  /** A reporter writes how much each response holds. */
  readonly needsSizes: boolean;
  readonly progress: Progress;
}

/** Signals have their turn after so many ms: a small file is read, and expectations are matched, without one. */
const MS_PER_TURN = 10;

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
