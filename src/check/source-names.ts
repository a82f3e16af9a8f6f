// From what was typed to the names of sources: patterns and folders are expanded.
import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { UserError } from "../errors.ts";
import { isFolder, walkFolder } from "./folder.ts";
import { isUrl } from "../sources/index.ts";
import { STDIN_NAME } from "../sources/stdin.ts";

const PATTERN_CHARACTERS = /[*?[\]{}]/;

/**
 * The files that a pattern stands for, in the order of their names; what is no pattern, or the name of a file that is
 * there, stands for itself. Throws UserError for a pattern that no file matches.
 */
export async function expandPattern(name: string, cwd: string): Promise<readonly string[]> {
  if (name === STDIN_NAME || isUrl(name) || !PATTERN_CHARACTERS.test(name) || existsSync(name)) return [name];
  const { glob } = await import("tinyglobby");
  const files = await glob(name, { cwd, absolute: isAbsolute(name), expandDirectories: false });
  if (files.length === 0) throw new UserError(`no file matches ${name}`, "patterns look like 'captures/**/*.sse'");
  return files.sort();
}

/** A source that is meant; one that cannot even be named has its error. */
export interface NamedSource {
  readonly name: string;
  readonly error: UserError | null;
}

/** The captures of a folder, or the name itself. `onSkipped` is given what in the folder is not a capture. */
export async function expandFolder(
  name: string,
  onSkipped: (skipped: ReadonlyMap<string, number>, folder: string) => void,
): Promise<readonly NamedSource[]> {
  if (name === STDIN_NAME || isUrl(name) || !isFolder(name)) return [{ name, error: null }];
  try {
    const { captures, skipped, errors } = await walkFolder(name);
    if (skipped.size > 0) onSkipped(skipped, name);
    return [
      ...errors.map((error) => ({ name, error })),
      ...captures.map((capture) => ({ name: capture, error: null })),
    ];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [{ name, error }];
  }
}
