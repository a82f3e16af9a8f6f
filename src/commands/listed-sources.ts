// The list of `--sources-from`: opened before anything is written, and what in it may not be read.
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
 * Opens a list and reads its first source. `isAlone`: nothing else is to be checked. Throws UserError if the list cannot be
 * read, or if there is nothing to check at all.
 */
export async function openList(
  path: string,
  isAlone: boolean,
  { stdin, interrupt }: Pick<Io, "stdin" | "interrupt">,
): Promise<SourceList> {
  const list = readSourceList(path, stdin, interrupt);
  // What was typed does not wait for a writer.
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

/** The first two sources of a list: a recording is made of one. Throws UserError if it cannot be read or is empty. */
export async function firstListed(path: string, io: Pick<Io, "stdin" | "interrupt">): Promise<readonly NamedSource[]> {
  const list = await openList(path, true, io);
  const sources = [await list.next(), await list.next()].filter((source) => source !== undefined);
  list.close();
  return sources;
}

/**
 * Says why a listed source may not be read, null if it may: standard input is read once, and what is written is not read.
 * `isStdinRead`: it is read already; `written`: the identities of files.
 */
export function refuseListed(isStdinRead: boolean, written: ReadonlySet<string>): (name: string) => UserError | null {
  let isRead = isStdinRead;
  return (name) => {
    if (name === STDIN_NAME) {
      if (isRead) return new UserError("standard input is used more than once", "name - once, or list paths only");
      isRead = true;
      return null;
    }
    if (written.size === 0 || isUrl(name) || !written.has(identityOf(name))) return null;
    return new UserError(`a reporter writes to ${name}, so it is not read`, "name another file for the report");
  };
}

/**
 * The identities of files among `written` that a list would read, or that hold the times of what it reads. A list that is
 * not a regular file can be read once only, so nothing is known of it before.
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
