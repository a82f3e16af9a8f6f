// Whether sources and options fit each other, before anything is read.
import { type Stats, statSync } from "node:fs";
import { UserError } from "../errors.ts";
import type { Io } from "../io.ts";
import { isUrl } from "../sources/index.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import { timingPathOf } from "../sources/timed/timing-file.ts";
import type { StreamArguments } from "./options/stream.ts";
import { type AlsoRead, identityOf, readFilesOf } from "./read-files.ts";

/** What is known of the sources besides their names. */
interface OtherSources {
  /** The list that further sources come from; left out: none. */
  readonly list?: string | null;
  /** Files that are read besides those of sources and options. */
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
      list === STDIN_NAME ? "name the list or - as a source, not both" : "name - once, or give --data from a file";
    throw new UserError("standard input is used more than once", hint);
  }
  const { request, data, bearerEnv, header, headerEnv, reconnect, resume } = options;
  // The value may be the URL meant as a source, so this error comes before that of a missing source.
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

/** How often standard input is read, as far as is known: as a source, as the data of a request, and as the list. */
export function timesStdinIsRead(names: readonly string[], { data }: StreamArguments, list: string | null): number {
  const sources = names.filter((name) => name === STDIN_NAME).length;
  return sources + data.filter((text) => text === "@-").length + (list === STDIN_NAME ? 1 : 0);
}

/** A capture has a file of times beside it: it is a file, or becomes one. */
function checkRecord(names: readonly string[], record: string, read: ReadonlySet<string>): void {
  if (names.length !== 1) {
    throw new UserError(`--record takes one source, but ${names.length} were given`, "record them one by one");
  }
  if (record === STDIN_NAME) {
    throw new UserError("--record writes to a file, not to standard output", "the bytes as they come: --format raw");
  }
  if (read.has(identityOf(record))) {
    throw new UserError("--record names the file that is read", "name another file: this one would be overwritten");
  }
  const timing = timingPathOf(record);
  if (read.has(identityOf(timing))) {
    throw new UserError(
      `--record ${record} writes its times to ${timing}, a file that is read`,
      "name another file: this one would be overwritten",
    );
  }
  if (statOf(record)?.isFile() === false) {
    throw new UserError(
      `cannot record to ${record}: it is not a regular file`,
      "name a file; its timings are written next to it",
    );
  }
}

/** Undefined where there is none, or the system does not tell: whoever opens it says why. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
