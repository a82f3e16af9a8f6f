// Finds the captures in a folder and its subfolders.
import { statSync } from "node:fs";
import { readdir, realpath } from "node:fs/promises";
import { extname, join } from "node:path";
import { isCompanion } from "../capture/companions.ts";
import { EXCHANGES_FILE } from "../capture/session-files.ts";
import { UserError } from "../errors.ts";
import { cannotRead, isSystemError } from "../sources/cannot-read.ts";
import { timingPathOf } from "../sources/timed/timing-file.ts";
import { describeFiles } from "../wording/file-kinds.ts";

/** Extensions of captures; a compressed capture has another extension after it. Other files are read only if named. */
const captureExtensions = [".sse", ".ndjson", ".jsonl", ".har", ".log", ".http", ".httprr", ".eventstream"];
const compressedExtensions = [".gz", ".br", ".zst"];

export const folderHelp =
  `In folders and their subfolders, these files are read: ${captureExtensions.join(" ")}, and their compressed forms ` +
  `(${compressedExtensions.join(" ")}). Hidden files and node_modules are skipped. To read other files, give their names or a ` +
  "pattern: 'cassettes/**/*.yaml'.";

/** Hidden files, and installed packages. */
const PASSED_OVER = /^(?:\..*|node_modules)$/;

export interface FolderContents {
  /** Sorted by name. */
  readonly captures: readonly string[];
  /** How many files are not captures, by extension. */
  readonly skipped: ReadonlyMap<string, number>;
  /** Folders that cannot be read. */
  readonly errors: readonly UserError[];
}

/** Whether a path is a folder, or a link to one. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch (error) {
    if (isSystemError(error) || error instanceof TypeError) return false;
    throw error;
  }
}

/**
 * Walks a folder. Links are followed, and no folder is entered twice. `takesReports`: the reports that `tap --record` keeps
 * beside its captures count as a capture. Throws UserError if it contains no capture.
 */
export async function walkFolder(folder: string, takesReports = false): Promise<FolderContents> {
  const captures: string[] = [];
  const skipped = new Map<string, number>();
  const errors: UserError[] = [];
  const entered = new Set<string>();
  const waiting = [folder];

  async function enter(path: string): Promise<void> {
    const real = await realpath(path);
    if (entered.has(real)) return;
    entered.add(real);
    const entries = await readdir(path, { withFileTypes: true });
    const names = new Set(entries.map(({ name }) => name));
    const hasReports = takesReports && names.has(EXCHANGES_FILE);
    for (const entry of entries) {
      if (PASSED_OVER.test(entry.name) || (entry.name === EXCHANGES_FILE && !takesReports)) continue;
      const name = join(path, entry.name);
      const isLinkedFolder = entry.isSymbolicLink() && isFolder(name);
      if (entry.isDirectory() || isLinkedFolder) waiting.push(name);
      // A pipe would wait for a writer, and a device may never end.
      else if (isCapture(entry.name) && (entry.isFile() || entry.isSymbolicLink())) captures.push(name);
      // The reports stand for recordings that are no streams, such as JSON of an HTTP error.
      else if (!isCompanion(entry.name) && !(hasReports && names.has(timingPathOf(entry.name)))) count(entry.name);
    }
  }

  function count(name: string): void {
    const extension = extname(name) || name;
    skipped.set(extension, (skipped.get(extension) ?? 0) + 1);
  }

  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    try {
      await enter(path);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      errors.push(cannotRead(path, error));
    }
  }
  if (captures.length === 0 && errors.length === 0) {
    throw new UserError(
      `no captures in ${folder}${skipped.size === 0 ? "" : `: skipped ${describeSkipped(skipped)}`}`,
      `captures end in ${captureExtensions.join(" ")}; give a pattern for others: '${join(folder, "**/*.txt")}'`,
    );
  }
  return { captures: captures.sort(), skipped, errors };
}

function isCapture(name: string): boolean {
  const extension = extname(name).toLowerCase();
  const isCompressed = compressedExtensions.includes(extension);
  return captureExtensions.includes(isCompressed ? extname(name.slice(0, -extension.length)).toLowerCase() : extension);
}

/** `3 files (2 .md, 1 .json)`. */
export function describeSkipped(skipped: ReadonlyMap<string, number>): string {
  const sorted = [...skipped].sort(([, a], [, b]) => b - a);
  return describeFiles(
    sorted,
    sorted.reduce((sum, [, files]) => sum + files, 0),
  );
}
