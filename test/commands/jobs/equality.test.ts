// `--jobs` changes the duration of a check, and nothing else.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { reporters } from "../../../src/reporters/index.ts";
import { temporaryDirectory } from "../../support/files.ts";
import { chosenFixtures, fixtures } from "../../support/fixtures.ts";
import { run, type RunOptions } from "../../support/io.ts";

const all = fixtures.map(({ path }) => path);
const chosen = chosenFixtures.map(({ path }) => path);
const missing = [...chosen.slice(0, 5), "no-such-file.sse", "no-such-*.sse", ...chosen.slice(5, 10)];

function checkWith(jobs: number, argv: readonly string[], options: RunOptions = {}) {
  return run(["check", "--jobs", String(jobs), ...argv], options);
}

test("Each reporter writes the same for all fixtures with one job and with three.", async () => {
  const directory = temporaryDirectory();
  const written = async (jobs: number) => {
    // `html` always has one job.
    const names = reporters.map(({ name }) => name).filter((name) => name !== "html" && name !== "human");
    const paths = names.map((name) => join(directory, `${name}-${jobs}`));
    const chosenReporters = names.flatMap((name, index) => ["--reporter", `${name}=${paths[index] ?? ""}`]);
    const outcome = await checkWith(jobs, ["--no-config", ...chosenReporters, ...all]);
    return { ...outcome, files: paths.map((path) => readFileSync(path, "utf8")) };
  };
  const [one, three] = [await written(1), await written(3)];
  expect(three).toEqual(one);
  expect(one.stdout).not.toBe("");
});

describe("The same is printed with", () => {
  test.each<readonly [string, readonly string[], RunOptions]>([
    ["expectations", ["--no-config", "--expect", "text.length>=10", "--expect", "text~=/e/", ...chosen], {}],
    [
      "rules and a failing severity",
      ["--no-config", "--rule", "sequence-gap=off", "--fail-on", "warning", ...chosen],
      {},
    ],
    ["a profile", ["--no-config", "--profile", "open-responses", ...chosen], {}],
    ["groups by rule", ["--no-config", "--group-by", "rule", "--warnings", ...chosen], {}],
    ["no excerpts", ["--no-config", "--no-excerpt", ...chosen], {}],
    ["a framing that does not fit", ["--no-config", "--framing", "har", ...chosen], {}],
    ["a dialect", ["--no-config", "--dialect", "openai-chat", ...chosen], {}],
    ["a limit", ["--no-config", "--max-event-size", "200", ...chosen], {}],
    ["missing files", ["--no-config", ...missing], {}],
    ["an HTML report", ["--no-config", "--reporter", "html", ...chosen.slice(0, 20)], {}],
    ["colours", ["--no-config", "--color", "always", ...chosen], { terminalColumns: 80 }],
  ])("%s", async (_, argv, options) => {
    const one = await checkWith(1, argv, options);
    expect(await checkWith(3, argv, options)).toEqual(one);
    expect(one.stdout).not.toBe("");
  });

  test("a config file", async () => {
    const directory = temporaryDirectory();
    const config = { rules: { "no-terminal": "warning" }, expect: ["status=completed"], failOn: "warning" };
    writeFileSync(join(directory, "ssescope.config.json"), JSON.stringify(config));
    const [one, three] = [
      await checkWith(1, chosen, { cwd: directory }),
      await checkWith(3, chosen, { cwd: directory }),
    ];
    expect(three).toEqual(one);
    expect(one.stderr).toBe("");
  });

  test("standard input among the sources", async () => {
    const argv = ["--no-config", ...chosen.slice(0, 3), "-"];
    const stdin = ["data: [DONE]\n\n"];
    expect(await checkWith(3, argv, { stdin })).toEqual(await checkWith(1, argv, { stdin }));
  });
});

test("The number of jobs is at least 1.", async () => {
  const { exitCode, stderr } = await run(["check", "--jobs", "0", ...chosen.slice(0, 1)]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining("Expected a number >= 1.") });
});
