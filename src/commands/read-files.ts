// The files that a run reads, so that it does not write over them. A file may have several names: links, and standard input.
import { fstatSync, type Stats, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Io } from "../io.ts";
import { isUrl } from "../sources/index.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import { timingPathOf } from "../sources/timed/timing-file.ts";
import type { StreamArguments } from "./options/stream.ts";

/** Tells a file from others, whatever it is called; one that is not there, or is not regular, by its path. */
export function identityOf(path: string): string {
  return inodeOf(() => statSync(path, { throwIfNoEntry: false })) ?? resolve(path);
}

/** Paths of what is read besides, where there are any. */
export type AlsoRead = readonly (string | null | undefined)[];

/**
 * The identities of what is read: the sources, the times beside them, what options name, and standard input. `others`:
 * further paths.
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

/** Null where there is no regular file, or the system does not tell: whoever opens it says why. */
function inodeOf(stat: () => Stats | undefined): string | null {
  try {
    const found = stat();
    return found?.isFile() === true ? `${found.dev}:${found.ino}` : null;
  } catch {
    return null;
  }
}
