// Recorded streams of other programs, kept outside the project: the environment variable SSESCOPE_CAPTURES names their
// folder. It contains folders of captures (.sse, .ndjson), one for each dialect, and MANIFEST.tsv, with the origin of
// each and a note about edits.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Capture {
  /** Folder and file, such as `openai-responses/x.sse`. */
  readonly name: string;
  readonly folder: string;
  readonly isSse: boolean;
  /** synthetic, edited, trimmed …; empty for a plain recording. */
  readonly note: string;
  readonly bytes: Buffer;
}

const root = process.env.SSESCOPE_CAPTURES;

/** All captures; empty if the variable is not set. Throws if it is set and the folder has no captures. */
export const captures: readonly Capture[] = root ? readCaptures(root) : [];

/** For the context of a test: `skip(...withoutCaptures)`. */
export const withoutCaptures = [captures.length === 0, "SSESCOPE_CAPTURES names no folder of captures"] as const;

/** For tests that are listed by name. */
export function named<Thing extends { readonly name: string }>(
  things: readonly Thing[],
): [name: string, thing: Thing][] {
  return things.map((thing) => [thing.name, thing]);
}

function readCaptures(folder: string): Capture[] {
  const notes = readNotes(readFileSync(join(folder, "MANIFEST.tsv"), "utf8"));
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => /\.(?:sse|ndjson)$/.test(name))
    .sort();
  if (names.length === 0) throw new Error("the folder that SSESCOPE_CAPTURES names holds no captures");
  return names.map((name) => {
    const note = notes.get(name);
    if (note === undefined) throw new Error(`MANIFEST.tsv does not name ${name}`);
    const bytes = readFileSync(join(folder, name));
    return { name, folder: name.split("/", 1)[0] ?? "", isSse: name.endsWith(".sse"), note, bytes };
  });
}

/** The note of each file, by its name. The first line names the columns. */
function readNotes(manifest: string): Map<string, string> {
  const [header = [], ...rows] = manifest.split("\n").map((line) => line.split("\t"));
  const note = header.indexOf("note");
  return new Map(rows.map((row) => [row[0] ?? "", row[note] ?? ""]));
}
