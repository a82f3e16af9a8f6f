// One source of a check: its name in, its checked streams out. It runs in the thread of the command or in another one.
import type { Checked } from "../check/checked.ts";
import { type Demands, judgeUnreadable } from "../check/judge.ts";
import { OutputClosedError, OutputError, UserError } from "../errors.ts";
import { judgeResult } from "../library/judge-result.ts";
import type { SourceResult } from "../library/result.ts";
import type { View } from "../views/view.ts";

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
    return { streams: judgeResult(await read(), demands), talk: [], bug: null };
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
