// Reads files in a capture's folder that belong to it, such as the bodies that Playwright stores outside a HAR file, or
// in one beside it.
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { isSystemError } from "./cannot-read.ts";

/**
 * Reads a file by its name; null if it does not exist, is larger than `maxBytes`, or the name is invalid. `folders`:
 * where to look, relative to the capture; default: the capture's own folder.
 */
export type ReadBeside = (name: string, maxBytes: number, folders?: readonly string[]) => Uint8Array | null;

/**
 * Reads files only from the folder of `path`, or from those that the caller names, because names come from a capture.
 * In the capture's own folder, a name is a plain file name; in named folders, it may contain subfolders.
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
