// Reads a source of the command line and gives the reports of its streams.
import { endingWithResponse, readToEnd, type SourceResult, unreadable } from "../library/result.ts";
import type { InspectOptions, Showing } from "../pipeline/inspect-source.ts";
import { shownName, sourceOf } from "../sources/index.ts";
import type { Source, SourceContext } from "../sources/source.ts";

export interface ReadOptions extends InspectOptions {
  /** The file to record to; null if there is none. */
  readonly record: string | null;
  /** The recording is redacted. */
  readonly redact: boolean;
}

/** Wraps the source of a name. Throws UserError if it cannot. */
export type Prepare = (source: Source) => Promise<Source>;

const asItIs: Prepare = async (source) => source;

/**
 * Inspects the source of a name, wrapped by `prepare`. Throws OutputClosedError if the reader of the output is gone.
 */
export async function readSource(
  name: string,
  context: SourceContext,
  options: ReadOptions,
  showing: Showing,
  interrupt: AbortSignal,
  prepare: Prepare = asItIs,
): Promise<SourceResult> {
  try {
    const source = await endingWithResponse(await sourceOf(name, context), options.dialect);
    return await readToEnd(await recorded(await prepare(source), options), options, showing, interrupt);
  } catch (error) {
    return unreadable(shownName(name), error);
  }
}

/** The same source, recorded if the options say so. */
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
