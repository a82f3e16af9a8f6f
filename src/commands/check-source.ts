// Checks one source: takes its name, gives its checked streams. Runs in the main thread or in a worker.
import type { Checked } from "../check/checked.ts";
import { type Demands, judgeUnreadable } from "../check/judge.ts";
import { OutputClosedError, OutputError, UserError } from "../errors.ts";
import { judgeResult } from "../library/judge-result.ts";
import type { SourceResult } from "../library/result.ts";
import type { View } from "../views/view.ts";

/** The result of checking a source. */
export interface SourceOutcome {
  /** Its streams; a single one if the source could not be read. */
  readonly streams: readonly Checked[];
  /** Lines to print on stderr before it is reported. */
  readonly talk: readonly string[];
  /** Set if more of the source follows. */
  readonly isPart?: true;
  /** The stack of a bug in ssescope that ended the reading; null if there was none. */
  readonly bug: string | null;
}

/** Shows nothing, because check reports only findings. `onRead` gets the number of bytes of each chunk. */
export function silentView(onRead: (bytes: number) => void): View {
  const copy = () => (bytes: Uint8Array) => onRead(bytes.length);
  return { name: "none", title: "nothing", hasSummary: false, create: () => ({}), copy };
}

/**
 * Checks the streams that `read` gives. A bug ends only this source, so that the others are still checked. Throws
 * OutputError and OutputClosedError, which concern the whole run.
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

/** The outcome of a source whose reading failed because of a bug. */
export function failedSource(name: string, bug: string, { rules }: Demands): SourceOutcome {
  const error = new UserError(`ssescope failed while reading ${name}`, "this is a bug in ssescope, please report it");
  return { streams: [judgeUnreadable(name, error, rules)], talk: [], bug };
}
