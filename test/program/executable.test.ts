// The single executable, run without the package and without Node.js in the path.
import { execFile } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import metadata from "../../package.json" with { type: "json" };
import { isExhaustive } from "../support/exhaustive.ts";
import { temporaryDirectory } from "../support/files.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { ROOT } from "./run-scripts.ts";

const NAME = process.platform === "win32" ? "ssescope.exe" : "ssescope";
const EXECUTABLE = join(ROOT, "coverage/executable", NAME);

const hey = fixtureNamed("openai-responses/hey.sse").path;
const cut = fixtureNamed("broken/cut-before-terminal.sse").path;

/** Ends a build that hangs; its duration is not tested. */
const HANGS_MS = 300_000;

interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...argv: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    const env = { PATH: "/usr/bin:/bin", HOME: "/nonexistent" };
    const child = execFile(EXECUTABLE, argv, { env, cwd: "/" }, (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? 1, stdout, stderr }),
    );
  });
}

// The build takes about twenty seconds and a hundred megabytes.
describe.skipIf(!isExhaustive || process.platform !== "linux")("the single executable", () => {
  beforeAll(async () => {
    await promisify(execFile)("npm", ["run", "build:executable"], { cwd: ROOT });
  }, HANGS_MS);

  test("runs on its own", async () => {
    expect(await run("--version")).toMatchObject({ exitCode: 0, stdout: `${metadata.version}\n`, stderr: "" });
    const copy = join(temporaryDirectory(), "scope");
    copyFileSync(EXECUTABLE, copy);
    expect((await promisify(execFile)(copy, ["-q", hey])).stdout).toBe("hey");
    expect(readFileSync(join(EXECUTABLE, "../LICENCES.txt"), "utf8")).toContain("undici");
  });

  test("checks captures, also with threads", async () => {
    expect(await run("check", "--no-config", cut)).toMatchObject({ exitCode: 5 });
    const argv = ["check", "--no-config", "--reporter", "ndjson"];
    const oneByOne = await run(...argv, "--jobs", "1", hey, cut, hey);
    expect(await run(...argv, "--jobs", "2", hey, cut, hey)).toEqual(oneByOne);
  });

  test("contains the page of the HTML report, the examples of rules, help and the man page", async () => {
    const report = join(temporaryDirectory(), "report.html");
    expect(await run("check", "--no-config", "--reporter", `html=${report}`, hey)).toMatchObject({ exitCode: 0 });
    expect(existsSync(report) && readFileSync(report, "utf8")).toContain("<script>");
    expect((await run("rules", "no-terminal")).stdout).toContain("+ event: response.completed");
    expect((await run("help", "check")).stdout).toContain("--fail-on");
    expect((await run("man")).stdout).toBe(gunzipSync(readFileSync(join(ROOT, "dist/ssescope.1.gz"))).toString());
  });

  test("replays captures, and taps a program", async () => {
    const asking = `${EXECUTABLE} -q "$OPENAI_BASE_URL/responses" -d '{"stream":true}'`;
    const replaying = `set -m; ${EXECUTABLE} replay --count 1 ${hey} 2>/dev/null`;
    const script = `${replaying} | { read -r url; ${EXECUTABLE} tap "$url" -- sh -c '${asking.replaceAll("'", String.raw`'\''`)}'; cat; }`;
    const { stdout, stderr } = await promisify(execFile)("bash", ["-c", script]);
    expect(stdout).toContain("hey");
    expect(stderr).toContain("1 stream");
  });

  test("reports errors without folders of the build machine", async () => {
    expect(await run("no/such.sse")).toMatchObject({ exitCode: 2 });
    expect(readFileSync(EXECUTABLE).includes(ROOT)).toBe(false);
  });
});
