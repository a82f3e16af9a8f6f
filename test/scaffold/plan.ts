// Plans and writes the files of a scaffold. The plan is complete before the first file is written.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ScaffoldError } from "./scaffold-error.ts";

/** Paths are relative to the project. */
export interface Plan {
  readonly files: readonly NewFile[];
  readonly edits: readonly Edit[];
  /** Tests that write generated files; each name starts with `test`. */
  readonly renewals: readonly { readonly file: string; readonly test: string }[];
  /** The steps to do by hand. */
  readonly next: readonly string[];
}

export interface NewFile {
  readonly path: string;
  readonly content: string;
}

/** A change of an existing file. Throws ScaffoldError if the file has no place for it. */
export interface Edit {
  readonly path: string;
  readonly change: (code: string) => string;
}

export interface Written {
  readonly created: readonly string[];
  readonly changed: readonly string[];
}

/**
 * Writes the planned files. Throws ScaffoldError without writing anything if a new file already exists, or a file has
 * no place for its change.
 */
export function carryOut(root: string, { files, edits }: Pick<Plan, "files" | "edits">): Written {
  const existing = files.find(({ path }) => isThere(root, path));
  if (existing !== undefined) throw new ScaffoldError(`${existing.path} already exists: choose another name`);
  const changed = edits.map(({ path, change }) => ({ path, content: inFile(path, () => change(read(root, path))) }));
  for (const { path, content } of [...files, ...changed]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return { created: files.map(({ path }) => path), changed: changed.map(({ path }) => path) };
}

function inFile(path: string, change: () => string): string {
  try {
    return change();
  } catch (error) {
    if (error instanceof ScaffoldError) throw new ScaffoldError(`${path}: ${error.message}`);
    throw error;
  }
}

/** Whether a file or folder exists in the project. */
export function isThere(root: string, path: string): boolean {
  return existsSync(join(root, path));
}

/** A file of the project. Throws ScaffoldError if it cannot be read. */
export function read(root: string, path: string): string {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch (error) {
    throw new ScaffoldError(`cannot read ${path}: ${String(error)}`);
  }
}
