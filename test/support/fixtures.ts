// The fixtures: captures as raw bytes under `fixtures/`, each with its expected files beside it.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isExhaustive } from "./exhaustive.ts";
import { run } from "./io.ts";

const ROOT = new URL("../../fixtures/", import.meta.url);
const CAPTURE = /\.(?:sse|ndjson|http|log|har|yaml|json|bin|txt)(?:\.gz)?$/;
/** Examples without findings, which only `test/rules/examples.test.ts` reads. They have no expected files. */
const VALID_EXAMPLE = /^rules\/.+\.valid\./;
const EXPECTED = { facts: ".facts.ndjson", report: ".report.json", check: ".check.txt" } as const;

/** The expected files beside a fixture. */
export interface ExpectedPaths {
  /** The facts, one JSON record per line. */
  readonly facts: string;
  /** The report, with the fixture's name as its source. */
  readonly report: string;
  /** The output of `ssescope check`, and its exit code: for reviews. */
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

/** The two largest of each folder, for expensive tests; in CI, all fixtures. */
export const chosenFixtures: readonly Fixture[] = isExhaustive ? fixtures : fixtures.filter(isChosen);

function isChosen({ name, bytes }: Fixture): boolean {
  const folder = name.slice(0, name.indexOf("/") + 1);
  const larger = fixtures.filter((other) => other.name.startsWith(folder) && other.bytes.length > bytes.length);
  return larger.length < 2;
}

/** The paths of all expected files. */
export const expectedPaths: readonly string[] = files.filter(isExpected).map(pathOf);

function expectedBeside(stem: string): ExpectedPaths {
  return { facts: stem + EXPECTED.facts, report: stem + EXPECTED.report, check: stem + EXPECTED.check };
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(name, ROOT));
}

/** The fixture of that name. Throws if there is none. */
export function fixtureNamed(name: string): Fixture {
  const fixture = fixtures.find((known) => known.name === name);
  if (fixture === undefined) throw new Error(`no fixture is named ${name}`);
  return fixture;
}

/** The output of the `facts` format, split into facts and the last line: the report of the last stream. */
export interface FactsOutput {
  readonly exitCode: number;
  /** With the reports of the streams before the last. */
  readonly facts: string;
  /** The report as the `report` format prints it. */
  readonly report: string;
}

/** Runs the command over chunks of standard input; `name` replaces the source in the report. */
export async function runFacts(name: string, chunks: readonly Uint8Array[]): Promise<FactsOutput> {
  const { exitCode, stdout } = await run(["--format", "facts", "-"], { stdin: chunks });
  const lastLine = stdout.lastIndexOf("\n", stdout.length - 2) + 1;
  const report: unknown = JSON.parse(stdout.slice(lastLine), (key, value: unknown) =>
    key === "source" && value === "-" ? name : value,
  );
  return { exitCode, facts: stdout.slice(0, lastLine), report: `${JSON.stringify(report, null, 2)}\n` };
}

/** The output of `ssescope check` for a fixture under its name, with the exit code on the last line. */
export async function runCheck({ path }: Fixture): Promise<string> {
  const { exitCode, stdout, stderr } = await run(["check", "--no-config", "--no-excerpt", path]);
  return `${stdout.replaceAll(pathOf(""), "")}${stderr}exit ${exitCode}\n`;
}
