// Packs several files into one text of bytes, so that changes and reduction handle only one form; and writes such files
// into folders.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A line that begins a file. Text before the first such line belongs to no file. */
const BEGINNING = /^==> ([\w.-]{1,100}) <==\n/m;

/** Packs files into one text of bytes. */
export function joinFiles(files: Readonly<Record<string, Uint8Array | string>>): Buffer {
  return Buffer.concat(
    Object.entries(files).flatMap(([name, bytes]) => [
      Buffer.from(`==> ${name} <==\n`),
      Buffer.from(bytes),
      Buffer.from("\n"),
    ]),
  );
}

/** Unpacks the files, as latin1, by name. */
export function splitFiles(input: Uint8Array): Map<string, Buffer> {
  const [, ...parts] = Buffer.from(input).toString("latin1").split(BEGINNING);
  const files = new Map<string, Buffer>();
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [name = "", text = ""] = parts.slice(at);
    // A name that consists of dots would be a folder.
    if (/[^.]/.test(name)) files.set(name, Buffer.from(text.replace(/\n$/, ""), "latin1"));
  }
  return files;
}

/** Calls `work` with a new folder, and removes the folder afterwards. */
export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "ssescope-fuzz-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes files into a folder and returns their paths. */
export function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): string[] {
  mkdirSync(folder, { recursive: true });
  return Array.from(files, ([name, bytes]) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  });
}
