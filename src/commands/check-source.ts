// One source of a check: its name in, its checked streams out. It runs in the thread of the command or in another one.
import type { Checked } from "../check/checked.ts";
import { type Demands, judge, judgeUnreadable } from "../check/judge.ts";
import { OutputClosedError, OutputError, UserError } from "../errors.ts";
import type { Report } from "../model/report.ts";
import type { View } from "../views/view.ts";
import type { SourceResult } from "./read-source.ts";

/** What became of a source that was to be checked. */
export interface SourceOutcome {
  /** Its streams; one stands for a source that could not be read. */
  readonly streams: readonly Checked[];
  /** What is to be said of it on stderr, a line each, before it is reported. */
  readonly talk: readonly string[];
  /** More of it follows; else left out. */
  readonly isPart?: true;
  /** The stack of a bug of ours that ended the reading of it; null: there was none. */
  readonly bug: string | null;
}

/** Shows nothing: only findings are reported. `onRead` is given how many bytes were read. */
export function silentView(onRead: (bytes: number) => void): View {
  const copy = () => (bytes: Uint8Array) => onRead(bytes.length);
  return { name: "none", title: "nothing", hasSummary: false, create: () => ({}), copy };
}

/**
 * Checks what `read` gives. A bug ends the source and not the run, or one of ten thousand would hide what the others are.
 * Throws OutputError and OutputClosedError, which are of the run.
 */
export async function checkSource(
  name: string,
  read: () => Promise<SourceResult>,
  demands: Demands,
): Promise<SourceOutcome> {
  try {
    return { streams: judgeSource(await read(), demands), talk: [], bug: null };
  } catch (error) {
    if (error instanceof OutputError || error instanceof OutputClosedError) throw error;
    return failedSource(name, error instanceof Error ? (error.stack ?? error.message) : String(error), demands);
  }
}

/** What stands for a source at which the program itself failed. */
export function failedSource(name: string, bug: string, { rules }: Demands): SourceOutcome {
  const error = new UserError(`ssescope failed while it read ${name}`, "this is a bug in ssescope, please report it");
  return { streams: [judgeUnreadable(name, error, rules)], talk: [], bug };
}

function judgeSource({ name, reports, error }: SourceResult, demands: Demands): Checked[] {
  if (error !== null) return [judgeUnreadable(name, error, demands.rules)];
  return reports.map(createJudge(demands));
}

/** A source may hold millions of streams with names of their own; those with the same name are close to each other. */
const MOST_COUNTED = 100_000;

/** Judges the streams of a source, and numbers those that have the same name. */
export function createJudge(demands: Demands): (report: Report) => Checked {
  const counts = new Map<string, number>();
  return (report) => {
    const index = counts.get(report.source) ?? 0;
    counts.set(report.source, index + 1);
    for (const oldest of counts.keys()) {
      if (counts.size <= MOST_COUNTED) break;
      counts.delete(oldest);
    }
    return judge(report, demands, index);
  };
}
