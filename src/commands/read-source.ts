// Reads a source of the command line and gives the reports of its streams.
import { endingWithResponse, readToEnd, type SourceResult, unreadable } from "../library/result.ts";
import type { InspectOptions, Showing } from "../pipeline/inspect-source.ts";
import { isUrl, shownName, sourceOf } from "../sources/index.ts";
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
    return await readToEnd(await recorded(await prepare(source), options, context), options, showing, interrupt);
  } catch (error) {
    return unreadable(shownName(name), error);
  }
}

/** The same source, recorded if the options say so. Throws UserError if the folder of the file cannot be created. */
async function recorded(source: Source, options: ReadOptions, { talk }: SourceContext): Promise<Source> {
  const { record, framing, dialect, maxEventBytes } = options;
  if (record === null) return source;
  const { makeFolderOf } = await import("../capture/make-folder.ts");
  const place = async (): Promise<string> => {
    await makeFolderOf(record, talk);
    return record;
  };
  // Before a request is sent; for other sources, only once they can be read.
  if (isUrl(source.name)) await place();
  const { recordingSource } = await import("../capture/recording-source.ts");
  if (!options.redact) return recordingSource(source, place, null);
  const { createCaptureRedactor } = await import("../capture/redact/redactor.ts");
  return recordingSource(source, place, (http) => createCaptureRedactor({ framing, dialect, maxEventBytes, http }));
}
