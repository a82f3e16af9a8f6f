// Where a reporter's output goes: standard output, or a file.
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { finished } from "node:stream/promises";
import { createPage, type Page } from "../terminal/page.ts";

export interface Destination {
  readonly page: Page;
  /** Sends what is left, and ends it. Throws OutputError. */
  close(): Promise<void>;
}

/** A page on a file, whose folders are made. `flags`: "w" for a new file, "a" to add to one. */
export async function openFile(path: string, flags: "w" | "a"): Promise<Destination> {
  await mkdir(dirname(path), { recursive: true });
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
