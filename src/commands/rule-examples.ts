// The examples of a rule: a stream that breaks it, and the same stream made right. Both are files of the package.
import { readdir, readFile } from "node:fs/promises";
import type { Io } from "../io.ts";

/** Where the examples are in the package: `<rule id>.invalid.sse` and `<rule id>.valid.sse`. */
const EXAMPLES_FOLDER = "fixtures/rules/";
const COMPRESSED = ".gz";
/** The times of a recorded stream, in a file beside it. */
const TIMING = ".timing";

export interface ExampleFile {
  /** Path in the package. */
  readonly path: string;
  /** What the file contains, decompressed. */
  readonly bytes: Buffer;
  /** The file itself, if it is compressed. */
  readonly compressed: Buffer | null;
}

/** A stream, then its times, if it has any. */
export type Example = readonly ExampleFile[];

export interface Examples {
  readonly invalid: Example;
  readonly valid: Example;
}

/** Reads the examples of a rule; null if it has none. */
export async function readExamples(id: string, io: Io): Promise<Examples | null> {
  const folder = new URL(EXAMPLES_FOLDER, io.packageFolder);
  const names = await readdir(folder);
  const [invalid, valid] = await Promise.all(
    ["invalid", "valid"].map(async (kind) => {
      const pattern = new RegExp(`^${id}\\.${kind}\\.(?:sse|ndjson|http|log|bin)(?:\\.gz)?$`);
      const stream = names.find((name) => pattern.test(name));
      const files = names.filter((name) => name === stream || name === `${stream}${TIMING}`).sort();
      return Promise.all(files.map((name) => readExampleFile(folder, name)));
    }),
  );
  return invalid?.[0] === undefined || valid?.[0] === undefined ? null : { invalid, valid };
}

/** The stream of an example as text: U+FFFD for bytes that are not UTF-8. */
export function asText([stream]: Example): string | null {
  return stream?.bytes.toString("utf8") ?? null;
}

async function readExampleFile(folder: URL, name: string): Promise<ExampleFile> {
  const path = EXAMPLES_FOLDER + name;
  const bytes = await readFile(new URL(name, folder));
  if (!name.endsWith(COMPRESSED)) return { path, bytes, compressed: null };
  // Loaded here: one example needs it.
  const { constants, gunzipSync } = await import("node:zlib");
  // As much as there is: that example is cut.
  return { path, bytes: gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }), compressed: bytes };
}
