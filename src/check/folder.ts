// Finds the captures in a folder and its subfolders.
import { type Dirent, statSync } from "node:fs";
import { readdir, realpath } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { isCompanion } from "../capture/companions.ts";
import { EXCHANGES_FILE } from "../capture/session-files.ts";
import { sessionVerdicts } from "../capture/session-verdicts.ts";
import { UserError } from "../errors.ts";
import { isFailure, verdicts } from "../model/verdict.ts";
import { cannotRead, isSystemError } from "../sources/cannot-read.ts";
import { timingPathOf } from "../sources/timed/timing-file.ts";
import { describeFiles } from "../wording/file-kinds.ts";

/**
 * Extensions of captures; a compressed capture has another extension after it. Other files are read only if named, or if
 * ssescope recorded them: a session keeps an HTTP error as `.json` or `.html`, with its times beside it.
 */
const captureExtensions = [".sse", ".ndjson", ".jsonl", ".har", ".log", ".http", ".httprr", ".eventstream"];
const compressedExtensions = [".gz", ".br", ".zst"];

export const folderHelp =
  `In folders and their subfolders, these files are read: ${captureExtensions.join(" ")}, and their compressed forms ` +
  `(${compressedExtensions.join(" ")}). Recordings with other names, which have FILE.timing beside them, are read, too; of a session only those that failed, such as HTTP 429. ` +
  `Hidden files and node_modules are skipped. To read other files, give their names or a ` +
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
 * Walks a folder. Links are followed, and no folder is entered twice. `takesReports`: the reports that `tap --record`
 * keeps beside its captures count as a capture, too. Throws UserError if it contains no capture.
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
    const isRecording = ({ name }: Dirent) => !isCapture(name) && names.has(timingPathOf(name));
    const isReported = names.has(EXCHANGES_FILE) && entries.some(isRecording);
    const reported = isReported ? await sessionVerdicts(path) : NO_REPORTS;
    for (const entry of entries) {
      if (PASSED_OVER.test(entry.name) || (entry.name === EXCHANGES_FILE && !takesReports)) continue;
      const name = join(path, entry.name);
      const isLinkedFolder = entry.isSymbolicLink() && isFolder(name);
      if (entry.isDirectory() || isLinkedFolder) waiting.push(name);
      else if (isCompanion(entry.name)) continue;
      else if (isReadable(entry) && isCapture(entry.name)) captures.push(name);
      else if (isReadable(entry) && isRecording(entry)) addRecording(name, reported.get(entry.name) ?? null);
      else count(entry.name);
    }
  }

  /** A recording whose name is not that of a capture, and its verdicts in the reports of its session; null: unknown. */
  function addRecording(name: string, known: readonly string[] | null): void {
    if (known !== null && takesReports) return;
    // A complete response to a request for no stream, such as a list of models, has not failed.
    if (known === null || known.some(isFailureName)) captures.push(name);
    else count(basename(name));
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
      `captures end in ${captureExtensions.join(" ")}; give a pattern for others: '${patternFor(folder, skipped)}'`,
    );
  }
  return { captures: captures.sort(), skipped, errors };
}

const NO_REPORTS: ReadonlyMap<string, readonly string[]> = new Map();

function isFailureName(word: string): boolean {
  const verdict = verdicts.find((known) => known === word);
  return verdict !== undefined && isFailure(verdict);
}

/** A pipe would wait for a writer, and a device may never end. */
function isReadable(entry: Dirent): boolean {
  return entry.isFile() || entry.isSymbolicLink();
}

/** A pattern for the most frequent of the skipped files. */
function patternFor(folder: string, skipped: FolderContents["skipped"]): string {
  const [extension = ".txt"] = mostFirst(skipped).map(([name]) => name);
  return join(folder, "**", extension.startsWith(".") ? `*${extension}` : extension);
}

function isCapture(name: string): boolean {
  const extension = extname(name).toLowerCase();
  const isCompressed = compressedExtensions.includes(extension);
  return captureExtensions.includes(isCompressed ? extname(name.slice(0, -extension.length)).toLowerCase() : extension);
}

/** `3 files (2 .md, 1 .json)`. */
export function describeSkipped(skipped: ReadonlyMap<string, number>): string {
  const sorted = mostFirst(skipped);
  return describeFiles(
    sorted,
    sorted.reduce((sum, [, files]) => sum + files, 0),
  );
}

function mostFirst(counts: ReadonlyMap<string, number>): readonly (readonly [name: string, count: number])[] {
  return [...counts].sort(([, a], [, b]) => b - a);
}
