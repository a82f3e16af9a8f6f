// The sources of a command line, one after the other, each to the reports of its streams.
import { statSync } from "node:fs";
import { UserError } from "../errors.ts";
import { inspect, type InspectOptions, type Showing } from "../inspect.ts";
import type { Report } from "../report/report.ts";
import { isUrl, shownName, sourceOf } from "../sources/index.ts";
import type { Source, SourceContext } from "../sources/source.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import type { ReadingArguments } from "./options.ts";
import type { UrlArguments } from "./url-options.ts";

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
    const source = await recorded(await prepare(await sourceOf(name, context)), options);
    const reports = await inspect(source, options, showing, interrupt);
    return { name: source.name, reports, error: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { name: shownName(name), reports: [], error };
  }
}

/** The same source, recorded where that is asked for. */
async function recorded(source: Source, options: ReadOptions): Promise<Source> {
  const { record, framing, dialect, maxEventBytes } = options;
  if (record === null) return source;
  const { recordingSource } = await import("../capture/recording-source.ts");
  if (!options.redact) return recordingSource(source, record, null);
  const { createCaptureRedactor } = await import("../capture/redact/redactor.ts");
  return recordingSource(source, record, (http) => createCaptureRedactor({ framing, dialect, maxEventBytes, http }));
}

/** Throws UserError where sources and options do not fit each other. */
export function checkSources(names: readonly string[], options: ReadingArguments & UrlArguments): void {
  const { record } = options;
  if (options.redact && record === undefined) {
    throw new UserError("--redact is for what is recorded", "name the copy: --record shared.sse --redact");
  }
  if (record !== undefined && names.length !== 1) {
    throw new UserError("--record is for one source", `it would be ${names.length} that are written over each other`);
  }
  if (record !== undefined && names.some((name) => isSameFile(name, record))) {
    throw new UserError("--record names the file that is read", "name another one: it would be written over");
  }
  const readsStdin = names.filter((name) => name === STDIN_NAME).length + (options.data === "@-" ? 1 : 0);
  if (readsStdin > 1)
    throw new UserError("standard input is asked for more than once", "name - once, or give --data from a file");
  const { request, data, bearerEnv, header, headerEnv, reconnect, resume } = options;
  const forUrl = [request, data, bearerEnv, header[0], headerEnv[0], reconnect, resume];
  if (forUrl.some((value) => value !== undefined) && !names.some(isUrl)) {
    throw new UserError(
      "--request, --header, --header-env, --data, --bearer-env, --reconnect and --resume are for URLs, and no source is one",
      "give a URL that begins with http:// or https://",
    );
  }
}

function isSameFile(name: string, path: string): boolean {
  const [source, target] = [name, path].map((file) => statSync(file, { throwIfNoEntry: false }));
  return source !== undefined && source.ino === target?.ino && source.dev === target.dev;
}
