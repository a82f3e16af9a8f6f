// Small inputs rebuilt from public bug reports, which lie outside the project: the environment variable SSESCOPE_FIELD names
// their folder. In it are `cases`, and `expected.ndjson` with a line for each.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What must come out; a list allows any of its values. */
export interface Expected {
  readonly verdict?: string | readonly string[];
  readonly dialect?: string | null | readonly (string | null)[];
  readonly framing?: string | readonly string[];
  readonly exit?: number | readonly number[];
  readonly checkExit?: number | readonly number[];
  /** The texts of all responses, joined. */
  readonly text?: string | readonly string[];
  /** Standard output, without a last line end. */
  readonly stdout?: string | readonly string[];
  /** Input, output, total of a response; null: none reports any. */
  readonly usage?: readonly (number | null | readonly (number | null)[])[] | null;
  readonly tool?: string | readonly string[];
  readonly finding?: {
    readonly severity?: string | readonly string[];
    readonly line?: number | readonly number[];
    readonly says: string;
  };
  readonly noErrors?: boolean;
  readonly either?: readonly Expected[];
}

export interface FieldCase {
  readonly file: string;
  /** Letter and number of the kind of fault. */
  readonly kind: string;
  readonly path: string;
  readonly args: readonly string[];
  readonly expected: Expected;
}

const root = process.env.SSESCOPE_FIELD;

/** All cases; none where the variable is not set. Throws where it is set and the folder holds none. */
export const fieldCases: readonly FieldCase[] = root ? readCases(root) : [];

function readCases(folder: string): FieldCase[] {
  const lines = readFileSync(join(folder, "expected.ndjson"), "utf8").trim().split("\n");
  return lines.map((line) => {
    const { file, kind, args = [], ...expected } = parseLine(line);
    const path = join(folder, "cases", file);
    if (!existsSync(path)) throw new Error(`there is no case ${file}`);
    return { file, kind, path, args, expected };
  });
}

interface Line extends Expected {
  readonly file: string;
  readonly kind: string;
  readonly args?: readonly string[];
}

function parseLine(line: string): Line {
  return JSON.parse(line);
}
