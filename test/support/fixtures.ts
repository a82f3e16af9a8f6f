// The fixtures: captures as raw bytes under `fixtures/`, each with the files beside it that say what is expected of it.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isExhaustive } from "./exhaustive.ts";
import { run } from "./io.ts";

const ROOT = new URL("../../fixtures/", import.meta.url);
const CAPTURE = /\.(?:sse|ndjson|http|log|har|yaml|json|bin|txt)(?:\.gz)?$/;
/** Examples in which nothing is found: `test/rules/examples.test.ts` reads them, and that is all there is to expect. */
const VALID_EXAMPLE = /^rules\/.+\.valid\./;
const EXPECTED = { facts: ".facts.ndjson", report: ".report.json", check: ".check.txt" } as const;

/** The files beside a fixture that hold what is expected of it. */
export interface ExpectedPaths {
  /** The facts, a JSON record a line. */
  readonly facts: string;
  /** The report, with the fixture's name as its source. */
  readonly report: string;
  /** What `ssescope check` prints for a person, and its exit code: for reviews. */
  readonly check: string;
}

export interface Fixture {
  /** Path under `fixtures/`, such as `openai-responses/hey.sse`. */
  readonly name: string;
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly expected: ExpectedPaths;
}

const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .sort();

function isExpected(file: string): boolean {
  return Object.values(EXPECTED).some((ending) => file.endsWith(ending));
}

export const fixtures: readonly Fixture[] = files
  .filter((file) => CAPTURE.test(file) && !isExpected(file) && !VALID_EXAMPLE.test(file))
  .map((name) => {
    const path = pathOf(name);
    return { name, path, bytes: readFileSync(path), expected: expectedBeside(path.replace(CAPTURE, "")) };
  });

/** Two of each folder, the largest ones: what costs more than one reading is tried on these, and on all of them in CI. */
export const chosenFixtures: readonly Fixture[] = isExhaustive ? fixtures : fixtures.filter(isChosen);

function isChosen({ name, bytes }: Fixture): boolean {
  const folder = name.slice(0, name.indexOf("/") + 1);
  const larger = fixtures.filter((other) => other.name.startsWith(folder) && other.bytes.length > bytes.length);
  return larger.length < 2;
}

/** Paths of all files that say what is expected of a fixture. */
export const expectedPaths: readonly string[] = files.filter(isExpected).map(pathOf);

function expectedBeside(stem: string): ExpectedPaths {
  return { facts: stem + EXPECTED.facts, report: stem + EXPECTED.report, check: stem + EXPECTED.check };
}

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
export interface FactsOutput {
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

/** What `ssescope check` prints of a fixture under its name, and its exit code on the last line. */
export async function runCheck({ path }: Fixture): Promise<string> {
  const { exitCode, stdout, stderr } = await run(["check", "--no-config", "--no-excerpt", path]);
  return `${stdout.replaceAll(pathOf(""), "")}${stderr}exit ${exitCode}\n`;
}
