// Opens the list of `--sources-from` before anything is written, and refuses sources that must not be read.
import { statSync } from "node:fs";
import { readSourceList, type SourceList } from "../check/source-list.ts";
import { expandFolder, type NamedSource } from "../check/source-names.ts";
import { UserError } from "../errors.ts";
import type { Io } from "../io.ts";
import { isUrl } from "../sources/index.ts";
import { STDIN_NAME } from "../sources/stdin.ts";
import { timingPathOf } from "../sources/timed/timing-file.ts";
import { identityOf } from "./read-files.ts";

/**
 * Opens a list and reads its first source. `isAlone`: there are no other sources. Throws UserError if the list cannot
 * be read, or if there is no source at all.
 */
export async function openList(
  path: string,
  isAlone: boolean,
  { stdin, interrupt }: Pick<Io, "stdin" | "interrupt">,
): Promise<SourceList> {
  const list = readSourceList(path, stdin, interrupt);
  // Sources on the command line do not wait for the writer of the list.
  if (!isAlone && path === STDIN_NAME) return list;
  const first = await list.next();
  if (first === undefined && isAlone && !interrupt.aborted) throw isEmpty(path);
  let isTaken = false;
  return {
    async next() {
      if (isTaken) return list.next();
      isTaken = true;
      return first;
    },
    get waiting() {
      return list.waiting + (isTaken || first === undefined ? 0 : 1);
    },
    close: () => list.close(),
  };
}

function isEmpty(path: string): UserError {
  return new UserError(`${path} lists no source`, "check whatever writes the list; an empty list is an error");
}

/** The first two sources of a list: only one can be recorded. Throws UserError if it cannot be read or is empty. */
export async function firstListed(path: string, io: Pick<Io, "stdin" | "interrupt">): Promise<readonly NamedSource[]> {
  const list = await openList(path, true, io);
  const sources = [await list.next(), await list.next()].filter((source) => source !== undefined);
  list.close();
  return sources;
}

/**
 * Returns a function that says why a listed source must not be read; null if it may be. Standard input can be read only
 * once (`isStdinRead`: it is already), and files that are written (`written`: their identities) are not read.
 */
export function refuseListed(isStdinRead: boolean, written: ReadonlySet<string>): (name: string) => UserError | null {
  let isRead = isStdinRead;
  return (name) => {
    if (name === STDIN_NAME) {
      if (isRead) return new UserError("standard input is used more than once", "list - only once");
      isRead = true;
      return null;
    }
    if (written.size === 0 || isUrl(name) || !written.has(identityOf(name))) return null;
    return new UserError(`cannot read ${name}: a reporter writes to it`, "choose another file for the report");
  };
}

/**
 * Those of `written` that a list would read, as captures or as their times. A list that is not a regular file can be
 * read only once, so its sources are not known yet.
 */
export async function writtenAndListed(
  path: string,
  written: ReadonlySet<string>,
  io: Pick<Io, "stdin" | "interrupt">,
): Promise<readonly string[]> {
  if (path === STDIN_NAME || statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return [];
  const list = readSourceList(path, io.stdin, io.interrupt);
  const found: string[] = [];
  for (let next = await list.next(); next !== undefined; next = await list.next()) {
    const sources = next.error === null ? await expandFolder(next.name, () => {}) : [];
    const files = sources.filter(({ name, error }) => error === null && name !== STDIN_NAME && !isUrl(name));
    const identities = files.flatMap(({ name }) => [identityOf(name), identityOf(timingPathOf(name))]);
    found.push(...identities.filter((identity) => written.has(identity)));
  }
  return found;
}
