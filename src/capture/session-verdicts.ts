// The verdicts in the reports of a session, `exchanges.ndjson`, by the names of its captures.
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { asObject, asString } from "../model/payload.ts";
import { EXCHANGES_FILE } from "./session-files.ts";

/**
 * The verdicts of each capture that the reports in a folder name. Lines that are not reports are left out. Throws the
 * system's error if the file cannot be read.
 */
export async function sessionVerdicts(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const verdicts = new Map<string, readonly string[]>();
  const file = createReadStream(join(folder, EXCHANGES_FILE), "utf8");
  for await (const line of createInterface({ input: file, crlfDelay: Infinity })) {
    const { source, verdict } = asObject(parsed(line)) ?? {};
    const [name, word] = [asString(source), asString(verdict)];
    if (name !== null && word !== null) verdicts.set(name, [...(verdicts.get(name) ?? []), word]);
  }
  return verdicts;
}

/** Null for a line that is not JSON: a tap that was killed may leave half a line. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
