// Whether sources and options fit each other, before anything is read.
import { type Stats, statSync } from "node:fs";
import { UserError } from "../errors.ts";
import { isUrl } from "../sources/index.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import type { StreamArguments } from "./options/stream.ts";

/** Throws UserError where sources and options do not fit each other. */
export function checkSources(names: readonly string[], options: StreamArguments): void {
  const { record } = options;
  if (options.redact && record === undefined) {
    throw new UserError("--redact is for what is recorded", "name the copy: --record shared.sse --redact");
  }
  if (record !== undefined) checkRecord(names, record);
  const readsStdin = names.filter((name) => name === STDIN_NAME).length + (options.data === "@-" ? 1 : 0);
  if (readsStdin > 1)
    throw new UserError("standard input is asked for more than once", "name - once, or give --data from a file");
  const { request, data, bearerEnv, header, headerEnv, reconnect, resume } = options;
  // It may be the URL that was meant as a source: that is told before any word of a source that is missing.
  for (const [option, attempts] of Object.entries({ reconnect, resume })) {
    if (!Number.isNaN(attempts)) continue;
    throw new UserError(
      `what follows --${option} is not a number of attempts`,
      `write the URL before it, or say how many: --${option}=5`,
    );
  }
  const forUrl = [request, data, bearerEnv, header[0], headerEnv[0], reconnect, resume];
  if (forUrl.some((value) => value !== undefined) && !names.some(isUrl)) {
    throw new UserError(
      "--request, --header, --header-env, --data, --bearer-env, --reconnect and --resume are for URLs, and no source is one",
      "give a URL that begins with http:// or https://",
    );
  }
}

/** A capture has a file of times beside it: it is a file, or becomes one. */
function checkRecord(names: readonly string[], record: string): void {
  if (names.length !== 1) {
    throw new UserError("--record is for one source", `it would be ${names.length} that are written over each other`);
  }
  if (record === STDIN_NAME) {
    throw new UserError("--record writes to a file, not to standard output", "the bytes as they come: --format raw");
  }
  if (names.some((name) => isSameFile(name, record))) {
    throw new UserError("--record names the file that is read", "name another one: it would be written over");
  }
  if (statOf(record)?.isFile() === false) {
    throw new UserError(`cannot record to ${record}: it is no regular file`, "name a file; its times stand beside it");
  }
}

function isSameFile(name: string, path: string): boolean {
  const [source, target] = [name, path].map(statOf);
  return source !== undefined && source.ino === target?.ino && source.dev === target.dev;
}

/** Undefined where there is none, or the system does not tell: whoever opens it says why. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
