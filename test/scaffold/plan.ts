// What a scaffold writes and changes. All of it is worked out before the first file is written.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ScaffoldError } from "./scaffold-error.ts";

/** Paths are relative to the project. */
export interface Plan {
  readonly files: readonly NewFile[];
  readonly edits: readonly Edit[];
  /** Tests that write generated files; `test` begins the name of each. */
  readonly renewals: readonly { readonly file: string; readonly test: string }[];
  /** What is left to do by hand. */
  readonly next: readonly string[];
}

export interface NewFile {
  readonly path: string;
  readonly content: string;
}

/** A change of a file that is there. Throws ScaffoldError if there is no place for it. */
export interface Edit {
  readonly path: string;
  readonly change: (code: string) => string;
}

export interface Written {
  readonly created: readonly string[];
  readonly changed: readonly string[];
}

/**
 * Writes what is planned. Throws ScaffoldError, and leaves everything as it is, if a new file exists already, or a file has
 * no place for its change.
 */
export function carryOut(root: string, { files, edits }: Pick<Plan, "files" | "edits">): Written {
  const existing = files.find(({ path }) => isThere(root, path));
  if (existing !== undefined) throw new ScaffoldError(`${existing.path} exists already: choose another name`);
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

/** Whether the project has a file or folder. */
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
