// Whether sources and options fit each other, before anything is read.
import { statSync } from "node:fs";
import { UserError } from "../errors.ts";
import { isUrl } from "../sources/index.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import type { ReadingArguments } from "./options.ts";
import type { UrlArguments } from "./url-options.ts";

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
  // It may be the URL that was meant as a source: that is told before any word of a source that is missing.
  for (const [option, tries] of Object.entries({ reconnect, resume })) {
    if (!Number.isNaN(tries)) continue;
    throw new UserError(
      `what follows --${option} is no number of tries`,
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

function isSameFile(name: string, path: string): boolean {
  const [source, target] = [name, path].map((file) => statSync(file, { throwIfNoEntry: false }));
  return source !== undefined && source.ino === target?.ino && source.dev === target.dev;
}
