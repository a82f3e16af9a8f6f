// Reads one source to its end, for the commands and the library.
import { UserError } from "../errors.ts";
import type { Report } from "../model/report.ts";
import { inspectSource, type InspectOptions, type Showing } from "../pipeline/inspect-source.ts";
import type { Source } from "../sources/source.ts";

/** The result of reading a source. */
export type SourceResult =
  | { readonly name: string; readonly reports: readonly Report[]; readonly error: null }
  /** The source could not be read: why, and what to do. */
  | { readonly name: string; readonly reports: readonly []; readonly error: UserError };

/** Reads a source to its end. Throws OutputClosedError if the reader of the output is gone. */
export async function readToEnd(
  source: Source,
  options: InspectOptions,
  showing: Showing,
  interrupt: AbortSignal,
): Promise<SourceResult> {
  try {
    const reports = await inspectSource(source, options, showing, interrupt);
    return { name: source.name, reports, error: null };
  } catch (error) {
    return unreadable(source.name, error);
  }
}

/** The result for a source that cannot be read. Rethrows errors that the user cannot fix. */
export function unreadable(name: string, error: unknown): SourceResult {
  if (!(error instanceof UserError)) throw error;
  return { name, reports: [], error };
}

/** The same source; if its server would keep the connection open, it ends with the response. */
export async function endingWithResponse(source: Source, dialect: InspectOptions["dialect"]): Promise<Source> {
  if (source.isOpenEnded !== true) return source;
  const { untilComplete } = await import("../joining/until-complete.ts");
  return untilComplete(source, dialect);
}
