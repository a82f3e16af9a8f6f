// The fixtures: captures as raw bytes under `fixtures/`, each with what is expected of it beside it.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { run } from "./io.ts";

const ROOT = new URL("../../fixtures/", import.meta.url);
const CAPTURE = /\.(?:sse|ndjson|http|log|har|yaml|json)(?:\.gz)?$/;
/** Examples in which nothing is found: `test/rules/examples.test.ts` reads them, and that is all there is to expect. */
const VALID_EXAMPLE = /^rules\/.+\.valid\./;
const EXPECTED_FACTS = ".facts.ndjson";
const EXPECTED_REPORT = ".report.json";

export interface Fixture {
  /** Path under `fixtures/`, such as `openai-responses/hey.sse`. */
  readonly name: string;
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Holds the facts, a JSON record a line. */
  readonly factsPath: string;
  /** Holds the report, with the fixture's name as its source. */
  readonly reportPath: string;
}

const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .sort();

function isExpected(file: string): boolean {
  return file.endsWith(EXPECTED_FACTS) || file.endsWith(EXPECTED_REPORT);
}

export const fixtures: readonly Fixture[] = files
  .filter((file) => CAPTURE.test(file) && !isExpected(file) && !VALID_EXAMPLE.test(file))
  .map((name) => {
    const path = pathOf(name);
    const stem = path.replace(CAPTURE, "");
    const factsPath = stem + EXPECTED_FACTS;
    return { name, path, bytes: readFileSync(path), factsPath, reportPath: stem + EXPECTED_REPORT };
  });

/** Paths of all files that say what is expected of a fixture. */
export const expectedPaths: readonly string[] = files.filter(isExpected).map(pathOf);

function pathOf(name: string): string {
  return fileURLToPath(new URL(name, ROOT));
}

/** The fixture of that name. Throws where there is none. */
export function fixtureNamed(name: string): Fixture {
  const fixture = fixtures.find((known) => known.name === name);
  if (fixture === undefined) throw new Error(`no fixture is named ${name}`);
  return fixture;
}

/** What the `facts` format says of an input: its last line, the report of the last stream, apart from the facts. */
interface FactsOutput {
  readonly exitCode: number;
  /** With the reports of the streams before the last. */
  readonly facts: string;
  /** The report as the `report` format prints it. */
  readonly report: string;
}

/** Runs the command over chunks of standard input; `name` stands as the source in the report. */
export async function runFacts(name: string, chunks: readonly Uint8Array[]): Promise<FactsOutput> {
  const { exitCode, stdout } = await run(["--format", "facts", "-"], { stdin: chunks });
  const lastLine = stdout.lastIndexOf("\n", stdout.length - 2) + 1;
  const report: unknown = JSON.parse(stdout.slice(lastLine), (key, value: unknown) =>
    key === "source" && value === "-" ? name : value,
  );
  return { exitCode, facts: stdout.slice(0, lastLine), report: `${JSON.stringify(report, null, 2)}\n` };
}
