// Turns typed names into names of sources: expands patterns and folders.
import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { UserError } from "../errors.ts";
import { isFolder, walkFolder } from "./folder.ts";
import { isUrl } from "../sources/index.ts";
import { STDIN_NAME } from "../sources/stdin.ts";

const PATTERN_CHARACTERS = /[*?[\]{}]/;

/**
 * The files that match a pattern, sorted by name. A name that is not a pattern, or that is the name of an existing
 * file, is returned as it is. Throws UserError if no file matches.
 */
export async function expandPattern(name: string, cwd: string): Promise<readonly string[]> {
  if (name === STDIN_NAME || isUrl(name) || !PATTERN_CHARACTERS.test(name) || existsSync(name)) return [name];
  const { glob } = await import("tinyglobby");
  const files = await glob(name, { cwd, absolute: isAbsolute(name), expandDirectories: false });
  if (files.length === 0) throw new UserError(`no file matches ${name}`, "patterns look like 'captures/**/*.sse'");
  return files.sort();
}

/** A named source; with an error if the name is invalid. */
export interface NamedSource {
  readonly name: string;
  readonly error: UserError | null;
}

/**
 * The captures in a folder, or the name itself. `onSkipped` gets the files in the folder that are not captures;
 * `takesReports` is for `walkFolder`.
 */
export async function expandFolder(
  name: string,
  onSkipped: (skipped: ReadonlyMap<string, number>, folder: string) => void,
  takesReports = false,
): Promise<readonly NamedSource[]> {
  if (name === STDIN_NAME || isUrl(name) || !isFolder(name)) return [{ name, error: null }];
  try {
    const { captures, skipped, errors } = await walkFolder(name, takesReports);
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
