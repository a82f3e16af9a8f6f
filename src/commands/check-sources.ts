// Checks before reading that sources and options fit each other.
import { type Stats, statSync } from "node:fs";
import { UserError } from "../errors.ts";
import type { Io } from "../io.ts";
import { isUrl } from "../sources/index.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import { timingPathOf } from "../sources/timed/timing-file.ts";
import type { StreamArguments } from "./options/stream.ts";
import { type AlsoRead, identityOf, readFilesOf } from "./read-files.ts";

/** What else is known of the sources. */
interface OtherSources {
  /** The list of further sources, if any. */
  readonly list?: string | null;
  /** Other files that are read, besides those of sources and options. */
  readonly alsoRead?: AlsoRead;
}

/** Throws UserError if sources and options do not fit each other. */
export function checkSources(
  names: readonly string[],
  options: StreamArguments,
  io: Pick<Io, "stdin">,
  { list = null, alsoRead = [] }: OtherSources = {},
): void {
  const { record } = options;
  if (options.redact && record === undefined) {
    throw new UserError("--redact needs --record", "name the copy: --record shared.sse --redact");
  }
  if (record !== undefined) checkRecord(names, record, readFilesOf(names, options, io, alsoRead));
  if (timesStdinIsRead(names, options, list) > 1) {
    const hint =
      list === STDIN_NAME ? "use - for the list or for a source, not both" : "use - once, or read --data from a file";
    throw new UserError("standard input is used more than once", hint);
  }
  const { request, data, bearerEnv, header, headerEnv, reconnect, resume } = options;
  // The value may be a URL meant as a source, so this check comes before that of a missing source.
  for (const [option, attempts] of Object.entries({ reconnect, resume })) {
    if (attempts === 0) throw new UserError(`--${option}: expected at least 1 attempt`);
    if (!Number.isNaN(attempts)) continue;
    throw new UserError(
      `--${option} expects a number of attempts`,
      `write the URL before it, or give the number: --${option}=5`,
    );
  }
  const forUrl = [request, data[0], bearerEnv, header[0], headerEnv[0], reconnect, resume];
  if (list === null && forUrl.some((value) => value !== undefined) && !names.some(isUrl)) {
    throw new UserError(
      "--request, --header, --header-env, --data, --bearer-env, --reconnect and --resume need a URL source",
      "give a URL that begins with http://, https://, ws:// or wss://",
    );
  }
}

/** How often standard input is read, as far as is known: as a source, as request data, and as the list. */
export function timesStdinIsRead(names: readonly string[], { data }: StreamArguments, list: string | null): number {
  const sources = names.filter((name) => name === STDIN_NAME).length;
  return sources + data.filter((text) => text === "@-").length + (list === STDIN_NAME ? 1 : 0);
}

/** A capture is a regular file or becomes one, because its times are in a file beside it. */
function checkRecord(names: readonly string[], record: string, read: ReadonlySet<string>): void {
  if (names.length !== 1) {
    throw new UserError(`--record takes one source, but ${names.length} were given`, "record them one by one");
  }
  if (record === STDIN_NAME) {
    throw new UserError("--record writes to a file, not to standard output", "use --format raw to print the bytes");
  }
  if (read.has(identityOf(record))) {
    throw new UserError("--record would overwrite the file that is read", "choose another file");
  }
  const timing = timingPathOf(record);
  if (read.has(identityOf(timing))) {
    throw new UserError(
      `--record ${record} would overwrite ${timing}, a file that is read, with its times`,
      "choose another file",
    );
  }
  if (statOf(record)?.isFile() === false) {
    throw new UserError(
      `cannot record to ${record}: it is not a regular file`,
      "choose a file; its times are written beside it",
    );
  }
}

/** Undefined if there is none, or on an error, which opening the file reports. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
