// Opens the destination of a reporter's output: standard output, or a file.
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { makeFolderOf } from "../capture/make-folder.ts";
import { createPage, type Page } from "../terminal/page.ts";

export interface Destination {
  readonly page: Page;
  /** Writes pending output and closes the destination. Throws OutputError. */
  close(): Promise<void>;
}

/**
 * A page on a file, whose folder is created if it is missing; then `talk` gets a message. `flags`: "w" for a new file,
 * "a" to append. Throws UserError if the folder cannot be created.
 */
export async function openFile(path: string, flags: "w" | "a", talk: (message: string) => void): Promise<Destination> {
  await makeFolderOf(path, talk);
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
