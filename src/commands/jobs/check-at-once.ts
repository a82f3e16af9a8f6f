// Checks several sources at a time in threads, and gives their outcomes in the order of the sources.
import { NO_STATUS_LINE } from "../../terminal/status-line.ts";
import { isForThisThread } from "../check-names.ts";
import type { Check, CheckRun } from "../check-run.ts";
import { failedSource, type SourceOutcome } from "../check-source.ts";
import { readingOptions } from "../read-options.ts";
import { checkInWorkers } from "./pool.ts";

/**
 * Checks `jobs` sources at a time; those that are not files with `check`, in their turn. Throws if threads cannot
 * start.
 */
export function checkAtOnce(run: CheckRun, jobs: number, check: Check): AsyncGenerator<SourceOutcome> {
  const { names, options, demands, io, pages, needsSizes, progress } = run;
  const { rules, failOn, expectations } = demands;
  /** Bytes read of each source in progress that is not the next one to report. */
  const ahead = new Map<number, number>();
  let first = -1;
  return checkInWorkers(names, {
    jobs: Math.min(jobs, Math.max(names.total() ?? jobs, 1)),
    startWorker: io.startWorker,
    settings: {
      reading: { ...readingOptions(options), rules },
      failOn,
      expectations: expectations.map(({ source }) => source),
      needsSizes,
      isWatched: pages.status !== NO_STATUS_LINE,
    },
    interrupt: io.interrupt,
    isOwn: ({ name, error }) => error !== null || isForThisThread(name),
    check,
    onNext(index, name) {
      first = index;
      progress.begin(name);
      progress.read(ahead.get(index) ?? 0);
      ahead.delete(index);
    },
    onRead(index, bytes) {
      if (index === first) progress.read(bytes);
      else ahead.set(index, (ahead.get(index) ?? 0) + bytes);
    },
    failed: (name, why) => failedSource(name, why, demands),
  });
}
