// Files that belong to a capture and are in the same folder, such as the bodies that Playwright keeps out of a HAR file.
import { readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isSystemError } from "./cannot-read.ts";

/** Reads a file by its name; null where there is none, where it is larger than `maxBytes`, or the name is not one. */
export type ReadBeside = (name: string, maxBytes: number) => Uint8Array | null;

/** Reads files in the folder of `path`, and from nowhere else: their names come out of a capture. */
export function besideFile(path: string): ReadBeside {
  return (name, maxBytes) => {
    if (name === "" || name === ".." || name.includes("\\") || basename(name) !== name) return null;
    const file = join(dirname(path), name);
    try {
      const kind = statSync(file);
      return kind.isFile() && kind.size <= maxBytes ? readFileSync(file) : null;
    } catch (error) {
      if (isSystemError(error) || error instanceof TypeError) return null;
      throw error;
    }
  };
}
