// Files that belong to a capture and are in the same folder, such as the bodies that Playwright keeps out of a HAR file, or in
// one beside it.
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { isSystemError } from "./cannot-read.ts";

/**
 * Reads a file by its name; null where there is none, where it is larger than `maxBytes`, or the name is not one. `folders`
 * are those in which it may be, as seen from the capture; if left out, the capture's own.
 */
export type ReadBeside = (name: string, maxBytes: number, folders?: readonly string[]) => Uint8Array | null;

/**
 * Reads files in the folder of `path`, or in those that the caller names, and from nowhere else: names come out of a capture.
 * In its own folder a name is that of a file; folders that are named may have others in them.
 */
export function besideFile(path: string): ReadBeside {
  return (name, maxBytes, folders) => {
    const isName = folders === undefined ? isPlainName(name) : name.split("/").every(isPlainName);
    if (!isName) return null;
    for (const folder of folders ?? ["."]) {
      const found = read(join(dirname(path), folder, name), maxBytes);
      if (found !== null) return found;
    }
    return null;
  };
}

function isPlainName(name: string): boolean {
  return name !== "" && name !== "." && name !== ".." && !/[/\\:]/.test(name);
}

function read(file: string, maxBytes: number): Uint8Array | null {
  try {
    const kind = statSync(file);
    return kind.isFile() && kind.size <= maxBytes ? readFileSync(file) : null;
  } catch (error) {
    if (isSystemError(error) || error instanceof TypeError) return null;
    throw error;
  }
}
