// Folders for what is written.
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it; gives the first that was not there, undefined if there is none. Throws the errors of
 * the system. The recursive `mkdir` of Node.js 20 never returns where a parent such as /proc takes no folders.
 */
export async function makeFolder(folder: string): Promise<string | undefined> {
  const missing = await makeOne(folder);
  if (missing === "made") return folder;
  if (missing === "there") return undefined;
  const parent = dirname(folder);
  const first = await makeFolder(parent);
  // The parent is there, and yet it takes no folder: the system says why.
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
