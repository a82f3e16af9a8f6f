// Opens the destination of a reporter's output: standard output, or a file.
import { createWriteStream } from "node:fs";
import { dirname } from "node:path";
import { finished } from "node:stream/promises";
import { makeFolder } from "../capture/make-folder.ts";
import { UserError } from "../errors.ts";
import { isSystemError } from "../sources/cannot-read.ts";
import { createPage, type Page } from "../terminal/page.ts";

export interface Destination {
  readonly page: Page;
  /** Writes pending output and closes the destination. Throws OutputError. */
  close(): Promise<void>;
}

/**
 * A page on a file; missing folders are made, and `onFolder` gets the first of them. `flags`: "w" for a new file, "a"
 * to append. Throws UserError if a folder cannot be made.
 */
export async function openFile(
  path: string,
  flags: "w" | "a",
  onFolder: (folder: string) => void = () => {},
): Promise<Destination> {
  const made = await folderOf(path);
  if (made !== undefined) onFolder(made);
  const stream = createWriteStream(path, { flags });
  const page = createPage(stream);
  return {
    page,
    async close() {
      await page.flush();
      stream.end();
      await finished(stream);
    },
  };
}

async function folderOf(path: string): Promise<string | undefined> {
  try {
    return await makeFolder(dirname(path));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UserError(`cannot write ${path}: its folder cannot be made (${error.code})`, "choose another path");
  }
}
