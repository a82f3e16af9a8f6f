// The sources of a command line, one after the other, each to the reports of its streams.
import { UserError } from "../errors.ts";
import { inspectSource, type InspectOptions, type Showing } from "../pipeline/inspect-source.ts";
import type { Report } from "../model/report.ts";
import { shownName, sourceOf } from "../sources/index.ts";
import type { Source, SourceContext } from "../sources/source.ts";

export interface ReadOptions extends InspectOptions {
  /** The file that what is read is recorded in; null: none. */
  readonly record: string | null;
  /** What is recorded is made such that it can be shared. */
  readonly redact: boolean;
}

/** What became of a source. */
export type SourceResult =
  | { readonly name: string; readonly reports: readonly Report[]; readonly error: null }
  /** It could not be read: why, and what to do. */
  | { readonly name: string; readonly reports: readonly []; readonly error: UserError };

/** Makes a source of the one that a name means. Throws UserError where it cannot. */
export type Prepare = (source: Source) => Promise<Source>;

const asItIs: Prepare = async (source) => source;

/** Inspects the source of that name, as `prepare` makes it. Throws OutputClosedError where nobody reads what is shown. */
export async function readSource(
  name: string,
  context: SourceContext,
  options: ReadOptions,
  showing: Showing,
  interrupt: AbortSignal,
  prepare: Prepare = asItIs,
): Promise<SourceResult> {
  try {
    const source = await recorded(await prepare(await ending(await sourceOf(name, context), options)), options);
    return await inspect(source, options, showing, interrupt);
  } catch (error) {
    return unreadable(shownName(name), error);
  }
}

/** Inspects a source. Throws OutputClosedError where nobody reads what is shown. */
export async function inspect(
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

/** Throws what is not the user's to mend. */
function unreadable(name: string, error: unknown): SourceResult {
  if (!(error instanceof UserError)) throw error;
  return { name, reports: [], error };
}

/** The same source, which ends with its response where its server would keep the connection open. */
async function ending(source: Source, { dialect }: ReadOptions): Promise<Source> {
  if (source.isOpenEnded !== true) return source;
  const { untilComplete } = await import("../joining/until-complete.ts");
  return untilComplete(source, dialect);
}

/** The same source, recorded where that is asked for. */
async function recorded(source: Source, options: ReadOptions): Promise<Source> {
  const { record, framing, dialect, maxEventBytes } = options;
  if (record === null) return source;
  const { recordingSource } = await import("../capture/recording-source.ts");
  if (!options.redact) return recordingSource(source, () => record, null);
  const { createCaptureRedactor } = await import("../capture/redact/redactor.ts");
  return recordingSource(
    source,
    () => record,
    (http) => createCaptureRedactor({ framing, dialect, maxEventBytes, http }),
  );
}
