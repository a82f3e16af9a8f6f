// Makes one request many times, and adds each stream to a collection.
import { setMaxListeners } from "node:events";
import type { Checked } from "../../check/checked.ts";
import type { Demands } from "../../check/judge.ts";
import { readToEnd } from "../../library/result.ts";
import type { Io } from "../../io.ts";
import { EXIT_INTERRUPTED, EXIT_OK, type ExitCode, worstExitCode } from "../../model/exit-codes.ts";
import { exchanges } from "../../reporters/exchanges.ts";
import { rowsOf } from "../../rows/rows-of.ts";
import type { Collection } from "../../stats/collect.ts";
import { type KeptExchange, openSession } from "../../tap/session.ts";
import { pageOver } from "../../terminal/page.ts";
import { flushTalk, type Pages, tell } from "../../terminal/pages.ts";
import { watchedBy } from "../../views/view.ts";
import { countOf, formatCount } from "../../wording/counts.ts";
import { checkSource, silentView } from "../check-source.ts";
import { tellBug } from "../check.ts";
import { NO_TABLE, showLiveTable } from "../live-table.ts";
import { MOST_AT_ONCE, type RepeatArguments } from "../options/repeat.ts";
import type { StreamArguments } from "../options/stream.ts";
import { readingOptions, sourceContext } from "../read-options.ts";
import { sharingOf } from "../sharing.ts";
import type { Gathered } from "../stats/gather.ts";
import { repeatedly } from "./repeatedly.ts";
import { openRequests } from "./requests.ts";

export interface RepeatContext {
  readonly options: RepeatArguments & StreamArguments;
  readonly demands: Demands;
  readonly io: Io;
  readonly pages: Pages;
  /** On a terminal, show no table and only the lines of streams that failed. */
  readonly isQuiet: boolean;
}

export interface GatheredRepeated extends Gathered {
  /** The exit codes of all counted streams. */
  readonly exitCode: ExitCode;
}

/**
 * Makes the request `--repeat` times, and adds each result to the collection, until the signal of `io`. Throws UserError if the request cannot be sent, OutputError if it cannot be recorded.
 */
export async function gatherRepeated(
  url: string,
  collection: Collection,
  { options, demands, io, pages, isQuiet }: RepeatContext,
): Promise<GatheredRepeated> {
  const { repeat: times = 1, rate: intervalMs = 0 } = options;
  const { concurrency = intervalMs > 0 ? MOST_AT_ONCE : 1 } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([io.interrupt, stop.signal]);
  // Every open request adds a listener.
  setMaxListeners(0, signal);
  const reading = { ...readingOptions(options), rules: demands.rules };
  const viewOptions = { channels: new Set<never>(), source: null, isOneOfMany: true };
  const silent = silentView(() => {});
  const showing = { view: silent, options: viewOptions, page: pageOver(pages.stderr, { flush: async () => {} }) };
  const request = await openRequests(url, reading.dialect, sourceContext(options, io, pages));
  const sharing = options.redact === true ? sharingOf(reading, showing, signal) : null;
  const session = options.record === undefined ? null : await openSession(options.record, sharing);
  const isWatched = pages.stderr.isTerminal && !isQuiet;
  const lines = await exchanges.create(pages.stderr, {
    leastShown: "warning",
    failOn: demands.failOn,
    expectations: [],
    isSeveral: true,
    stallMs: demands.rules.stallMs,
  });
  const ended = { all: 0, failed: 0 };
  const table = isWatched ? showLiveTable(pages.status, io.clock, describeEnded) : NO_TABLE;
  const gathered = { unreadable: 0, bugs: 0, exitCode: EXIT_OK as ExitCode };

  function describeEnded(): string {
    const failed = ended.failed === 0 ? "" : `, ${formatCount(ended.failed)} failed`;
    return `${formatCount(ended.all)} of ${formatCount(times)} done${failed}`;
  }

  async function read(exchange: KeptExchange): Promise<void> {
    const { source } = exchange;
    const watched = { ...showing, view: watchedBy(table.add(exchange), silent) };
    const readOne = async () => {
      const result = await readToEnd(session?.recorded(exchange) ?? source, reading, watched, signal);
      await session?.add(exchange, result.reports);
      return result;
    };
    const { streams, bug } = await checkSource(source.name, readOne, demands).finally(() => table.remove(exchange));
    ended.all += 1;
    if (bug !== null) {
      gathered.bugs += 1;
      tellBug(source.name, bug, pages);
    }
    for (const checked of streams) add(checked);
    await flushTalk(pages.stderr);
  }

  function add(checked: Checked): void {
    collection.add(rowsOf(checked), checked.report);
    if (checked.exitCode === EXIT_INTERRUPTED) return;
    if (checked.report === null) gathered.unreadable += 1;
    const isFailed = checked.exitCode !== EXIT_OK;
    if (isFailed) ended.failed += 1;
    if (isWatched || isFailed) lines.checked?.(checked);
    gathered.exitCode = worstExitCode([gathered.exitCode, checked.report?.exitCode ?? checked.exitCode]);
  }

  const pace = { times, concurrency, intervalMs, clock: io.clock, signal };
  let late: number;
  try {
    late = await repeatedly(
      pace,
      (number) => read(request(number)),
      () => stop.abort(),
    );
  } finally {
    table.end();
  }
  if (late > 0) {
    tell(
      `the rate was not reached: ${countOf(late, "request")} began late, because at most ` +
        `${formatCount(concurrency)} may be open at once`,
      pages,
    );
  }
  return gathered;
}
