// The files that a run reads, so that it does not overwrite them. A file may have several names: links, standard input.
import { fstatSync, type Stats, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Io } from "../io.ts";
import { isUrl } from "../sources/index.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import { timingPathOf } from "../sources/timed/timing-file.ts";
import type { StreamArguments } from "./options/stream.ts";

/** Identifies a file whatever its name; a missing or special file by its path. */
export function identityOf(path: string): string {
  return inodeOf(() => statSync(path, { throwIfNoEntry: false })) ?? resolve(path);
}

/** Other paths that are read, if any. */
export type AlsoRead = readonly (string | null | undefined)[];

/**
 * The identities of the files that are read: sources, the times beside them, files in options, standard input, and
 * `others`, further paths.
 */
export function readFilesOf(
  names: readonly string[],
  { header, data, cacert }: Pick<StreamArguments, "header" | "data" | "cacert">,
  io: Pick<Io, "stdin">,
  others: AlsoRead = [],
): ReadonlySet<string> {
  const sources = names.filter((name) => name !== STDIN_NAME && !isUrl(name));
  const named = [...header, ...data].filter((text) => text.startsWith("@")).map((text) => text.slice(1));
  const paths = [...sources, ...sources.map(timingPathOf), ...named, cacert, ...others];
  const identities = paths.filter((path) => path !== undefined && path !== null).map(identityOf);
  const { fd } = io.stdin;
  const ofStdin = fd === undefined ? null : inodeOf(() => fstatSync(fd));
  return new Set(ofStdin === null ? identities : [...identities, ofStdin]);
}

/** Null if there is no regular file, or on an error, which opening the file reports. */
function inodeOf(stat: () => Stats | undefined): string | null {
  try {
    const found = stat();
    return found?.isFile() === true ? `${found.dev}:${found.ino}` : null;
  } catch {
    return null;
  }
}
