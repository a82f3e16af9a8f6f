// Recorded streams and recorders' files of many programs, kept outside the project: the environment variable
// SSESCOPE_RECORDINGS names their folder.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

export interface Recording {
  /** Folder and file, such as `bodies/x.sse`. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** Files with notes on the recordings. */
const NOTES: ReadonlySet<string> = new Set(["MANIFEST.tsv", "expected.ndjson"]);

const root = process.env.SSESCOPE_RECORDINGS;

/** All recordings; empty if the variable is not set. */
export const recordings: readonly Recording[] = root ? readRecordings(root) : [];

function readRecordings(folder: string): Recording[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => !NOTES.has(name) && statSync(join(folder, name)).isFile())
    .map((name) => ({ name: name.replaceAll("\\", "/"), bytes: readFileSync(join(folder, name)) }))
    .sort((one, other) => one.name.localeCompare(other.name));
}
