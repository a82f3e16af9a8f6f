// Whether sources and options fit each other, before anything is read.
import { type Stats, statSync } from "node:fs";
import { UserError } from "../errors.ts";
import type { Io } from "../io.ts";
import { isUrl } from "../sources/index.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import { timingPathOf } from "../sources/timed/timing-file.ts";
import type { StreamArguments } from "./options/stream.ts";
import { identityOf, readFilesOf } from "./read-files.ts";

/** Throws UserError where sources and options do not fit each other. */
export function checkSources(names: readonly string[], options: StreamArguments, io: Pick<Io, "stdin">): void {
  const { record } = options;
  if (options.redact && record === undefined) {
    throw new UserError("--redact needs --record", "name the copy: --record shared.sse --redact");
  }
  if (record !== undefined) checkRecord(names, record, options, io);
  const readsStdin =
    names.filter((name) => name === STDIN_NAME).length + options.data.filter((data) => data === "@-").length;
  if (readsStdin > 1)
    throw new UserError("standard input is used more than once", "name - once, or give --data from a file");
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
  if (forUrl.some((value) => value !== undefined) && !names.some(isUrl)) {
    throw new UserError(
      "--request, --header, --header-env, --data, --bearer-env, --reconnect and --resume need a URL source",
      "give a URL that begins with http://, https://, ws:// or wss://",
    );
  }
}

/** A capture has a file of times beside it: it is a file, or becomes one. */
function checkRecord(names: readonly string[], record: string, options: StreamArguments, io: Pick<Io, "stdin">): void {
  if (names.length !== 1) {
    throw new UserError(`--record takes one source, but ${names.length} were given`, "record them one by one");
  }
  if (record === STDIN_NAME) {
    throw new UserError("--record writes to a file, not to standard output", "the bytes as they come: --format raw");
  }
  const read = readFilesOf(names, options, io);
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
