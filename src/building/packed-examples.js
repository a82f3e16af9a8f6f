// The examples that `ssescope rules` shows, as one file: src/commands/rule-examples.ts reads it.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const FOLDER = new URL("../../fixtures/rules/", import.meta.url);
const EXAMPLE = /\.(?:in)?valid\.(?:sse|ndjson|http|log|bin)(?:\.gz)?(?:\.timing)?$/;

/** Compressed JSON: each file's Base64 by its name. */
export function packedExamples() {
  const names = readdirSync(FOLDER).filter((name) => EXAMPLE.test(name));
  const files = names.sort().map((name) => [name, readFileSync(new URL(name, FOLDER)).toString("base64")]);
  return gzipSync(JSON.stringify(Object.fromEntries(files)), { level: 9 });
}
