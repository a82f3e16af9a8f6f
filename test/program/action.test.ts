// `action.yml` and `.pre-commit-hooks.yaml`: the keys that GitHub and pre-commit read, and their commands, which are
// run.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import metadata from "../../package.json" with { type: "json" };
import { reporters } from "../../src/reporters/index.ts";
import { temporaryDirectory } from "../support/files.ts";
import { fixtureNamed } from "../support/fixtures.ts";
import { type Ended, PROGRAM, programs, ROOT, runScript } from "./run-scripts.ts";

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Action {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<Record<string, { description: string; required?: boolean; default?: string }>>;
  readonly outputs: Readonly<Record<string, { description: string; value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const action: Action = parse(readFileSync(join(ROOT, "action.yml"), "utf8"));
const [check, ...uploads] = action.runs.steps;
const reporterNames = new Set<string>(reporters.map(({ name }) => name));
const good = fixtureNamed("openai-responses/hey.sse").path;
const cut = fixtureNamed("broken/cut-before-terminal.sse").path;
/** GitHub's shell for a step with `shell: bash`. */
const FLAGS = ["--noprofile", "--norc", "-e", "-o", "pipefail"];

interface ActionRun extends Ended {
  readonly folder: string;
  /** The content that the step writes into GitHub's files. */
  readonly outputs: string;
  readonly summary: string;
}

/** Expands `${{ … }}` in the variables of a step as GitHub does. */
function expanded(text: string, inputs: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{ (?:inputs\.(?<input>[\w-]+)|github\.action_path) \}\}/g, (...match) => {
    const { input }: { input?: string } = match.at(-1);
    return input === undefined ? ROOT : (inputs[input] ?? action.inputs[input]?.default ?? "");
  });
}

/**
 * Runs the step that checks, in a folder with captures, as GitHub does. `npx` gets the version and starts this
 * checkout.
 */
async function runAction(inputs: Readonly<Record<string, string>>, version = metadata.version): Promise<ActionRun> {
  const folder = temporaryDirectory();
  mkdirSync(join(folder, "captures"));
  for (const [name, path] of [
    ["good.sse", good],
    ["the cut one.sse", cut],
  ] as const) {
    writeFileSync(join(folder, "captures", name), readFileSync(path));
  }
  const installed = programs({
    npx: `[ "$1 $2" = "--yes ssescope@${version}" ] && shift 2 && exec ${PROGRAM} "$@"; exit 127`,
  });
  const files = { GITHUB_OUTPUT: join(folder, "outputs"), GITHUB_STEP_SUMMARY: join(folder, "summary.md") };
  const own = Object.entries(check?.env ?? {}).map(([name, text]) => [name, expanded(text, inputs)]);
  const environment = {
    ...Object.fromEntries(own),
    ...files,
    GITHUB_ACTIONS: "true",
    PATH: `${installed}:${process.env["PATH"]}`,
  };
  const ended = await runScript(check?.run ?? "", folder, environment, FLAGS);
  return { ...ended, folder, outputs: textOf(files.GITHUB_OUTPUT), summary: textOf(files.GITHUB_STEP_SUMMARY) };
}

/** The text of a file; empty if there is none. */
function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/** Inputs for reports that this build has. */
const plain = { html: "", sarif: "" };

describe("action.yml", () => {
  test("is a composite action whose inputs and outputs are described", () => {
    expect(action).toMatchObject({ name: "ssescope check", runs: { using: "composite" } });
    for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)]) {
      expect(description).toMatch(/^[A-Z]/);
    }
    expect(Object.keys(action.inputs).filter((name) => action.inputs[name]?.required)).toEqual(["captures"]);
  });

  test("names a shell for each script, and gives no script an input as text", () => {
    for (const { run, shell } of action.runs.steps.filter((step) => step.run !== undefined)) {
      expect(shell).toBe("bash");
      expect(run).not.toContain("${{");
    }
  });

  test("refers only to existing inputs and steps", () => {
    const text = readFileSync(join(ROOT, "action.yml"), "utf8");
    const named = [...text.matchAll(/\binputs\.([\w-]+)/g)].map(([, name = ""]) => name);
    expect(new Set(named)).toEqual(new Set(Object.keys(action.inputs)));
    const outputs = [...text.matchAll(/\bsteps\.(\w+)\.outputs\.([\w-]+)/g)];
    expect(new Set(outputs.map(([, step]) => step))).toEqual(new Set([check?.id]));
    for (const [, , output = ""] of outputs) expect(check?.run).toContain(`echo "${output}=`);
  });

  test("uploads the reports, also after a failure, with actions of a major version", () => {
    expect(uploads.map(({ uses }) => uses)).toEqual([
      "github/codeql-action/upload-sarif@v4",
      "actions/upload-artifact@v7",
    ]);
    for (const step of uploads) expect(step.if).toMatch(/^\$\{\{ !cancelled\(\) && .*steps\.check\.outputs\.\w+ != ''/);
  });
});

describe("the step that checks", () => {
  test("passes for good captures, with a job summary", async () => {
    const { exitCode, output, outputs, summary } = await runAction({ ...plain, captures: "captures/g*.sse" });
    expect({ exitCode, output, outputs }).toEqual({ exitCode: 0, output: "", outputs: "exit-code=0\n" });
    expect(summary).toContain("### ✅ ssescope check: 1 stream passes");
  });

  test("fails with the worst exit code, annotations and a job summary", async () => {
    const inputs = { ...plain, captures: "\n  captures/good.sse\n  captures/the cut one.sse  \r\n" };
    const { exitCode, output, outputs, summary } = await runAction(inputs);
    expect(exitCode).toBe(5);
    expect(output).toContain("::error file=captures/the cut one.sse,line=28,title=no-terminal::");
    expect(outputs).toBe("exit-code=5\n");
    expect(summary).toContain("### ❌ ssescope check: 1 of 2 streams fails");
  });

  test("takes expectations and options, one per line, and runs nothing in them", async () => {
    const expectations = "status=completed\ntext~=/^HEY$/i\ntext!=$(touch owned) `touch owned`; touch owned\n";
    const inputs = { ...plain, captures: "captures/good.sse", expect: expectations, options: "--rule\nrefusal=error" };
    const { exitCode, output, folder } = await runAction(inputs);
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: "" });
    expect(existsSync(join(folder, "owned"))).toBe(false);
    const unmet = await runAction({ ...inputs, expect: "text=ho" });
    expect(unmet.exitCode).toBe(1);
    expect(unmet.output).toContain('expected text=ho, but it is "hey"');
  });

  test("does not take a capture for an option", async () => {
    const { exitCode, output } = await runAction({ ...plain, captures: "--no-such-option" });
    expect(exitCode).toBe(2);
    expect(output).toContain("cannot read --no-such-option");
  });

  test("writes SARIF, and outputs its path", async () => {
    const { outputs, folder } = await runAction({ captures: "captures/*.sse", html: "" });
    expect(outputs).toBe("exit-code=5\nsarif=ssescope.sarif\n");
    expect(JSON.parse(readFileSync(join(folder, "ssescope.sarif"), "utf8"))).toMatchObject({ version: "2.1.0" });
  });

  test.runIf(reporterNames.has("html"))("writes the HTML report", async () => {
    const { outputs, folder } = await runAction({ captures: "captures/*.sse", sarif: "" });
    expect(outputs).toBe("exit-code=5\nhtml=ssescope.html\n");
    expect(readFileSync(join(folder, "ssescope.html"), "utf8")).toMatch(/^<!doctype html>/i);
  });

  test("refuses to check nothing", async () => {
    const { exitCode, output } = await runAction({ ...plain, captures: " \n" });
    expect({ exitCode, output }).toEqual({
      exitCode: 2,
      output: "::error title=ssescope::the input captures is empty\n",
    });
  });

  test("starts the requested version", async () => {
    const inputs = { ...plain, captures: "captures/good.sse", version: "7.8.9" };
    expect(await runAction(inputs, "7.8.9")).toMatchObject({ exitCode: 0 });
    expect(await runAction(inputs)).toMatchObject({ exitCode: 127 });
  });
});

describe("the hook of pre-commit", () => {
  interface Hook {
    readonly id: string;
    readonly entry: string;
    readonly language: string;
    readonly files: string;
  }
  const hooks: readonly Hook[] = parse(readFileSync(join(ROOT, ".pre-commit-hooks.yaml"), "utf8"));
  const [hook] = hooks;

  test("is installed as this package, and starts its program", () => {
    expect(hooks.map(({ id, language }) => [id, language])).toEqual([["ssescope-check", "node"]]);
    expect(Object.keys(metadata.bin)).toContain(hook?.entry.split(" ")[0]);
  });

  test.each([
    ["captures/hey.sse", true],
    ["captures/hey.sse.gz", true],
    ["captures/hey.sse.timing", false],
    ["src/sse.ts", false],
  ])("checks %s: %s", (path, isChecked) => {
    expect(new RegExp(hook?.files ?? "").test(path)).toBe(isChecked);
  });

  test("gets arguments, then files", async () => {
    const installed = programs({ ssescope: `exec ${PROGRAM} "$@"` });
    const env = { PATH: `${installed}:${process.env["PATH"]}` };
    const runHook = (...files: string[]) =>
      runScript(`${hook?.entry} --expect status=completed '${files.join("' '")}'`, temporaryDirectory(), env);
    expect(await runHook(good, good)).toEqual({ exitCode: 0, output: "" });
    const { exitCode, output } = await runHook(good, cut);
    expect(exitCode).toBe(5);
    expect(output).toContain('expected status=completed, but it is "in_progress"');
  });
});
