// The workflows in the guide of the reporters: their CI can read the YAML, and their commands are run with a replaced
// `curl` and `npm` in the path.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import metadata from "../../package.json" with { type: "json" };
import { temporaryDirectory } from "../support/files.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { run } from "../support/io.ts";
import { type Ended, PROGRAM, programs, ROOT, runScript, scriptsIn } from "./run-scripts.ts";

const guide = readFileSync(join(ROOT, "src/reporters/README.md"), "utf8");
const [github, action, gitlab, preCommit, ...others] = [...guide.matchAll(/```yaml\n(?<text>[^]*?)```/g)].map(
  ({ groups }): unknown => parse(groups?.["text"] ?? ""),
);

interface Run extends Ended {
  readonly folder: string;
}

/** As in the guide, but without the limit on a time, so that no test depends on the speed of the machine. */
function unhurried(script: string): string {
  return script.replace("ttft<=2s", "ttft<=1h");
}

/** Runs the scripts one after another until one fails, like a CI; `capture` is the response that `curl` gets. */
async function runScripts(scripts: readonly string[], capture: string, env: Record<string, string>): Promise<Run> {
  const folder = temporaryDirectory();
  const installed = programs({
    // This `curl` refuses a request without a key or body.
    curl: `case "$*" in *"Bearer key-1"*'"stream": true'*) exec cat '${capture}';; esac; exit 22`,
    npm: '[ "$*" = "install --global ssescope" ]',
    ssescope: `exec ${PROGRAM} "$@"`,
  });
  const environment = { ...env, OPENAI_API_KEY: "key-1", PATH: `${installed}:${process.env["PATH"]}` };
  let output = "";
  for (const script of scripts) {
    const step = await runScript(unhurried(script), folder, environment);
    output += step.output;
    if (step.exitCode !== 0) return { exitCode: step.exitCode, output, folder };
  }
  return { exitCode: 0, output, folder };
}

const good = fixtureNamed("openai-responses/hey.sse").path;
const cut = fixtureNamed("broken/cut-before-terminal.sse").path;

test("the guide shows these workflows and no other YAML", () => {
  const object = expect.any(Object);
  expect([github, action, gitlab, preCommit, others]).toEqual([object, object, object, object, []]);
});

describe("the workflow for GitHub Actions", () => {
  const scripts = scriptsIn(github, ["run"]);

  test("has the keys that GitHub requires", () => {
    expect(github).toMatchObject({
      on: expect.anything(),
      jobs: { stream: { "runs-on": expect.any(String), steps: expect.any(Array) } },
    });
  });

  test("passes for a good stream, and writes its files", async () => {
    const { exitCode, output, folder } = await runScripts(scripts, good, { GITHUB_ACTIONS: "true" });
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: "" });
    expect(readFileSync(join(folder, "capture.sse"))).toEqual(readFileSync(good));
    expect(readFileSync(join(folder, "capture.sse.timing"), "utf8")).toContain("ssescope/timing");
  });

  test("fails for a cut stream, with an annotation and a summary", async () => {
    const summary = join(temporaryDirectory(), "summary.md");
    const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary };
    const { exitCode, output } = await runScripts(scripts, cut, env);
    expect(exitCode).toBe(5);
    expect(output).toContain("::error title=no-terminal::-: the input ends with no terminal event");
    expect(readFileSync(summary, "utf8")).toContain("no-terminal");
  });
});

describe("the workflow for GitLab CI", () => {
  const scripts = scriptsIn(gitlab, ["script"]);

  test("has the keys that GitLab requires", () => {
    expect(gitlab).toMatchObject({
      stream: { script: expect.any(Array), artifacts: { reports: { junit: "ssescope.xml" } } },
    });
  });

  test("passes for a good stream", async () => {
    const { exitCode, output, folder } = await runScripts(scripts, good, { GITLAB_CI: "true" });
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: "" });
    expect(readFileSync(join(folder, "ssescope.xml"), "utf8")).not.toContain("<failure");
  });

  test("fails for a cut stream, and writes the report", async () => {
    const { exitCode, output, folder } = await runScripts(scripts, cut, { GITLAB_CI: "true" });
    expect(exitCode).toBe(5);
    expect(output).toContain("no-terminal");
    expect(readFileSync(join(folder, "ssescope.xml"), "utf8")).toContain("<failure");
  });
});

describe("the workflow with the action", () => {
  test("uses inputs that the action has", () => {
    const { inputs } = parse(readFileSync(join(ROOT, "action.yml"), "utf8"));
    const given = stepsOf(action).find(({ uses }) => uses?.includes("/ssescope@"));
    expect(Object.keys(given?.with ?? {}).filter((name) => !(name in inputs))).toEqual([]);
    expect(given?.uses).toBe(`OWNER/ssescope@v${metadata.version}`);
  });
});

test("the hook of pre-commit exists", () => {
  const hooks: unknown = parse(readFileSync(join(ROOT, ".pre-commit-hooks.yaml"), "utf8"));
  expect(preCommit).toMatchObject({ repos: [{ rev: `v${metadata.version}`, hooks: [{ id: "ssescope-check" }] }] });
  expect(hooks).toMatchObject([{ id: "ssescope-check" }]);
});

describe("the problem matcher", () => {
  const [matcher] = [...guide.matchAll(/```json\n(?<text>\{\n {2}"owner"[^]*?)```/g)].map(({ groups }): unknown =>
    JSON.parse(groups?.["text"] ?? ""),
  );
  const regexp = new RegExp(String(scriptsIn(matcher, ["regexp"])[0]));

  test("reads every line of --reporter unix", async () => {
    const { stdout } = await run(["check", "--reporter", "unix", cut, fixtureNamed("har/chrome.har").path]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.map((line) => regexp.exec(line)?.slice(1, 5))).toEqual([
      [cut, "28", "1", "error"],
      [fixtureNamed("har/chrome.har").path, "381", "1", "warning"],
    ]);
  });
});

/** The steps of the only job of a workflow. */
function stepsOf(workflow: unknown): readonly { readonly uses?: string; readonly with?: object }[] {
  const jobs = Object.values(Object(Object(workflow).jobs));
  return Object(jobs[0]).steps;
}
