// Creates the folders of output files.
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { UserError } from "../errors.ts";
import { isSystemError } from "../sources/cannot-read.ts";

/**
 * Creates the folder of a file that will be written, and its missing parents. If one was missing, `talk` gets a message
 * with the first one created. Throws UserError if a folder cannot be created.
 */
export async function makeFolderOf(path: string, talk: (message: string) => void): Promise<void> {
  try {
    const made = await makeFolder(dirname(path));
    if (made !== undefined) talk(`created the folder ${made} for ${path}`);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UserError(`cannot write ${path}: its folder cannot be created (${error.code})`, "choose another path");
  }
}

/**
 * Creates a folder and its missing parents; returns the first one created, or undefined if none was missing. Throws
 * system errors. Node.js 20's recursive `mkdir` never returns if a parent such as /proc does not accept folders.
 */
export async function makeFolder(folder: string): Promise<string | undefined> {
  const missing = await makeOne(folder);
  if (missing === "made") return folder;
  if (missing === "there") return undefined;
  const parent = dirname(folder);
  const first = await makeFolder(parent);
  // The parent exists now. If it accepts no folder, this throws the system's reason.
  await mkdir(folder);
  return first ?? folder;
}

async function makeOne(folder: string): Promise<"made" | "there" | "no parent"> {
  try {
    await mkdir(folder);
    return "made";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "EEXIST") return "there";
    if (code === "ENOENT" && dirname(folder) !== folder) return "no parent";
    throw error;
  }
}
