// The workflows that README shows: they are YAML that their CI can read, and their commands are run, with a `curl` and an
// `npx` of our own in their path.
import { execFile } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { temporaryDirectory } from "../support/files.ts";
import { fixtureNamed } from "../support/fixtures.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = join(ROOT, "bin", "ssescope.js");
const readme = readFileSync(join(ROOT, "README.md"), "utf8");
const [github, gitlab, ...others] = [...readme.matchAll(/```yaml\n(?<text>[^]*?)```/g)].map(({ groups }): unknown =>
  parse(groups?.["text"] ?? ""),
);

/** The commands of a workflow, one script a step, in their order. */
function scriptsIn(value: unknown, keys: readonly string[]): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (!keys.includes(key)) return scriptsIn(inner, keys);
    return Array.isArray(inner) ? inner.map(String) : [String(inner)];
  });
}

interface Ended {
  readonly exitCode: number;
  readonly output: string;
  readonly folder: string;
}

/** Runs the scripts one after the other until one fails, as a CI does; `capture` is what `curl` answers. */
async function runScripts(scripts: readonly string[], capture: string, env: Record<string, string>): Promise<Ended> {
  const folder = temporaryDirectory();
  const programs = temporaryDirectory();
  // It refuses a request without its key or its body.
  writeProgram(
    programs,
    "curl",
    `case "$*" in *"Bearer key-1"*'"stream": true'*) exec cat '${capture}';; esac; exit 22`,
  );
  writeProgram(
    programs,
    "npx",
    `[ "$1" = ssescope ] && shift && exec '${process.execPath}' '${PROGRAM}' "$@"; exit 127`,
  );
  const environment = { ...env, OPENAI_API_KEY: "key-1", PATH: `${programs}:${process.env["PATH"]}` };
  let output = "";
  for (const script of scripts) {
    const step = await runStep(script, folder, environment);
    output += step.output;
    if (step.exitCode !== 0) return { exitCode: step.exitCode, output, folder };
  }
  return { exitCode: 0, output, folder };
}

function writeProgram(folder: string, name: string, script: string): void {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

function runStep(script: string, cwd: string, env: Record<string, string>) {
  return new Promise<{ exitCode: number; output: string }>((resolve) => {
    // https://docs.github.com/actions/reference/workflow-syntax-for-github-actions#jobsjob_idstepsshell
    const child = execFile("bash", ["-e", "-c", `exec 2>&1\n${script}`], { cwd, env }, (_error, output) =>
      resolve({ exitCode: child.exitCode ?? 1, output }),
    );
  });
}

const good = fixtureNamed("openai-responses/hey.sse").path;
const cut = fixtureNamed("broken/cut-before-terminal.sse").path;

test("README shows two workflows", () => {
  expect([github, gitlab, others]).toEqual([expect.any(Object), expect.any(Object), []]);
});

describe("the workflow for GitHub Actions", () => {
  const scripts = scriptsIn(github, ["run"]);

  test("has what GitHub asks for", () => {
    expect(github).toMatchObject({
      on: expect.anything(),
      jobs: { stream: { "runs-on": expect.any(String), steps: expect.any(Array) } },
    });
  });

  test("passes for a good stream, and writes its files", async () => {
    const { exitCode, output, folder } = await runScripts(scripts, good, { GITHUB_ACTIONS: "true" });
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: "" });
    expect(JSON.parse(readFileSync(join(folder, "ssescope.sarif"), "utf8"))).toMatchObject({ version: "2.1.0" });
  });

  test("fails for a stream that is cut, with an annotation and a summary", async () => {
    const summary = join(temporaryDirectory(), "summary.md");
    const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary };
    const { exitCode, output } = await runScripts(scripts, cut, env);
    expect(exitCode).toBe(5);
    expect(output).toContain("::error file=capture.sse,line=28,title=no-terminal::");
    expect(readFileSync(summary, "utf8")).toContain("no-terminal");
  });
});

describe("the workflow for GitLab CI", () => {
  const scripts = scriptsIn(gitlab, ["script"]);

  test("has what GitLab asks for", () => {
    expect(gitlab).toMatchObject({
      stream: { script: expect.any(Array), artifacts: { reports: { junit: "ssescope.xml" } } },
    });
  });

  test("passes for a good stream", async () => {
    const { exitCode, output, folder } = await runScripts(scripts, good, { GITLAB_CI: "true" });
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: "" });
    expect(readFileSync(join(folder, "ssescope.xml"), "utf8")).not.toContain("<failure");
  });

  test("fails for a stream that is cut, and writes the report", async () => {
    const { exitCode, output, folder } = await runScripts(scripts, cut, { GITLAB_CI: "true" });
    expect(exitCode).toBe(5);
    expect(output).toContain("no-terminal");
    expect(readFileSync(join(folder, "ssescope.xml"), "utf8")).toContain("<failure");
  });
});
