// The sources of a check, several at a time, each in a thread of its own; their outcomes in the order of the sources.
import { judgeUnreadable } from "../../check/judge.ts";
import { shownName } from "../../sources/index.ts";
import { NO_STATUS_LINE } from "../../terminal/status-line.ts";
import type { CheckRun } from "../check-run.ts";
import { failedSource, type SourceOutcome } from "../check-source.ts";
import { readingOptions } from "../read-options.ts";
import { checkInWorkers } from "./pool.ts";

/** Checks so many sources at a time. Throws where threads cannot be started. */
export async function* checkAtOnce(run: CheckRun, jobs: number): AsyncGenerator<SourceOutcome> {
  const { names, options, demands, io, pages, needsSizes, progress } = run;
  const { rules, failOn, expectations } = demands;
  const files = names.filter(({ error }) => error === null).map(({ name }) => name);
  /** Those that are read already, and not reported next: what was read of each. */
  const ahead = new Map<number, number>();
  let first = 0;

  function begin(index: number): void {
    progress.begin(files[index] ?? "");
    progress.read(ahead.get(index) ?? 0);
    ahead.delete(index);
  }

  const outcomes = checkInWorkers(files, {
    jobs: Math.min(jobs, files.length),
    startWorker: io.startWorker,
    settings: {
      reading: { ...readingOptions(options), rules },
      failOn,
      expectations: expectations.map(({ source }) => source),
      needsSizes,
      isWatched: pages.status !== NO_STATUS_LINE,
    },
    interrupt: io.interrupt,
    onRead(index, bytes) {
      if (index === first) progress.read(bytes);
      else ahead.set(index, (ahead.get(index) ?? 0) + bytes);
    },
    failed: (name, why) => ({ ...failedSource(name, why, demands), talk: [] }),
  });
  try {
    for (const { name, error } of names) {
      if (error !== null) yield { streams: [judgeUnreadable(shownName(name), error, rules)], talk: [], bug: null };
      else {
        begin(first);
        const next = await outcomes.next();
        if (next.done === true) return;
        first += 1;
        yield next.value;
      }
    }
  } finally {
    await outcomes.return(undefined);
  }
}
