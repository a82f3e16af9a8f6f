// The examples of a rule, as files: a stream that breaks it, and the same stream corrected.
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import type { Io } from "../io.ts";

/** Where the examples are in the package: `<rule id>.invalid.sse` and `<rule id>.valid.sse`. */
const EXAMPLES_FOLDER = "fixtures/rules/";
/** All of them by name, in Base64; written by the build (rolldown.config.js). */
const PACKED_EXAMPLES = "dist/rule-examples.json.gz";
const COMPRESSED = ".gz";
/** The times of a recorded stream, in a file beside it. */
const TIMING = ".timing";

export interface ExampleFile {
  /** Path in the package. */
  readonly path: string;
  /** The decompressed content. */
  readonly bytes: Buffer;
  /** The file itself, if it is compressed. */
  readonly compressed: Buffer | null;
}

/** A stream, then its times if there are any. */
export type Example = readonly ExampleFile[];

export interface Examples {
  readonly invalid: Example;
  readonly valid: Example;
}

/** Reads the examples of a rule; null if it has none. */
export async function readExamples(id: string, io: Io): Promise<Examples | null> {
  const files = await openExamples(io);
  const [invalid, valid] = await Promise.all(
    ["invalid", "valid"].map(async (kind) => {
      const pattern = new RegExp(`^${id}\\.${kind}\\.(?:sse|ndjson|http|log|bin)(?:\\.gz)?$`);
      const stream = files.names.find((name) => pattern.test(name));
      const own = files.names.filter((name) => name === stream || name === `${stream}${TIMING}`).sort();
      return Promise.all(own.map(async (name) => toExampleFile(name, await files.read(name))));
    }),
  );
  return invalid?.[0] === undefined || valid?.[0] === undefined ? null : { invalid, valid };
}

interface ExampleFiles {
  readonly names: readonly string[];
  read(name: string): Promise<Buffer>;
}

/** The folder in a checkout, or the single file in a package, where so many small files would take twice their size. */
async function openExamples(io: Io): Promise<ExampleFiles> {
  const folder = new URL(EXAMPLES_FOLDER, io.packageFolder);
  if (io.packedExamples === undefined && existsSync(folder)) {
    return { names: await readdir(folder), read: (name) => readFile(new URL(name, folder)) };
  }
  // Loaded here, because a checkout does not need it.
  const { gunzipSync } = await import("node:zlib");
  const compressed = io.packedExamples?.() ?? (await readFile(new URL(PACKED_EXAMPLES, io.packageFolder)));
  const packed = gunzipSync(compressed);
  const files: Readonly<Record<string, string>> = JSON.parse(packed.toString());
  return { names: Object.keys(files), read: async (name) => Buffer.from(files[name] ?? "", "base64") };
}

/** The stream of an example as text: U+FFFD for bytes that are not UTF-8. */
export function asText([stream]: Example): string | null {
  return stream?.bytes.toString("utf8") ?? null;
}

async function toExampleFile(name: string, bytes: Buffer): Promise<ExampleFile> {
  const path = EXAMPLES_FOLDER + name;
  if (!name.endsWith(COMPRESSED)) return { path, bytes, compressed: null };
  // Loaded here, because only one example needs it.
  const { constants, gunzipSync } = await import("node:zlib");
  // Decodes what is there, because that example is cut.
  return { path, bytes: gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }), compressed: bytes };
}
